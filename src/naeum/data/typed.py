"""Which columns of a table are inputs, and of which kind, where there is more to read than one text?

Left out are columns that name the row, that never vary and that give the target away; each is said with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from naeum.contract import InputKind
from naeum.data.inputs import MEASURE, PLAIN, measures, unit_of
from naeum.data.kinds import ABSENT
from naeum.data.schema import GIVES_AWAY, ID_NAMES, UNIQUE, Profile, purity
from naeum.errors import InputError

TEXT_NAMES = frozenset(
    {
        "text", "texts", "sentence", "sentences", "document", "doc", "review", "reviews", "comment", "comments",
        "content", "message", "utterance", "query", "question", "body", "tweet", "headline", "premise", "hypothesis",
        "sentence1", "sentence2", "문장", "내용", "리뷰", "질문", "본문", "텍스트", "댓글", "글",
    }
)  # fmt: skip
ALMOST = 0.95  # share of the values that must be of a kind; the others are then missing
WORDS = 2.0  # mean words from which a column may be prose where nothing but it is left
LONG_WORDS = 5.0  # mean words from which it is prose whatever stands beside it; names have two to four
LONG = 40  # mean characters of prose in scripts that put few blanks
VARIED = 0.3  # share of distinct values from which words are prose, not a category
MANY = 1_000  # distinct values of prose in a long table
BESIDE = 2  # typed columns from which a table is a table, though it has a column of short texts
DENSE = 1.5  # whole numbers that all differ and fill their range at least so well count the rows
FEW_ERRORS = 0.1  # a column gives the target away if it leaves so few of the errors of the most frequent class
STRAIGHT = 0.9999  # correlation of two columns of numbers that say the same
DATE = re.compile(
    r"^(\d{4}[-./]\d{1,2}[-./]\d{1,2}([T ]\d{1,2}:\d{2}.{0,20})?|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{2}\.\d{2}\.\d{2}"
    r"|\d{4}년 ?\d{1,2}월 ?\d{1,2}일|(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))$"
)


@dataclass(frozen=True)
class Choice:
    """The typed inputs, by name, and what was left out and why."""

    kinds: Mapping[str, InputKind]
    notes: tuple[str, ...] = ()


def choose(
    profiles: Mapping[str, Profile],
    free: Sequence[str],
    target: str | None,
    native: Mapping[str, InputKind],
    asked: Sequence[str],
    where: str,
) -> Choice:
    """The inputs among the free columns.

    Args:
        profiles: of the columns that can be seen as strings.
        free: columns without another role, in their order.
        target: the column that is learned.
        native: kinds that the type of a column settles: images, lists of words, dates, numbers.
        asked: columns that the user named: used whatever they look like.
        where: the source, for messages.

    Raises:
        InputError: numbers of a column have several units.
    """
    kinds: dict[str, InputKind] = {}
    notes = []
    for name in asked or free:
        kind = native.get(name) or kind_of(profiles[name], where, bool(asked))
        why = "" if kind in ("image", "words") else useless(profiles[name], kind)
        goal = profiles.get(target or "")
        leaks = goal is not None and bool(profiles[name].values) and gives_away(profiles[name], goal, kind)
        if leaks:
            kept = (
                "it is an input, as it was named"
                if asked
                else f"it is kept out of the inputs (--columns {name} takes it)"
            )
            notes.append(f"warning: {name} gives the target away; {kept}")
        elif why and not asked:
            notes.append(f"{name} {why} and is not an input (--columns {name} takes it)")
        if asked or not (leaks or why):
            kinds[name] = kind
    return Choice(kinds, tuple(notes))


def kind_of(column: Profile, where: str, named: bool = False) -> InputKind:
    """Of which kind a column of strings is.

    Raises:
        InputError: its numbers have several units, and it was named or has many of them.

    Example:
        >>> from naeum.data.schema import profile
        >>> kind_of(profile("a", ["1.5", "2", "NA"]), ""), kind_of(profile("b", ["007", "010"]), "")
        ('number', 'category')
        >>> kind_of(profile("c", ["2024-01-05", "2024-02-01"]), ""), kind_of(profile("d", ["3 kg", "12 kg"]), "")
        ('date', 'number')
    """
    there = present(column)
    if not there:
        return "category"
    enough = ALMOST * len(there)
    if is_date(column):
        return "date"
    plain = [value for value in there if re.match(PLAIN, value)]
    if any(value.lstrip("+-").startswith("0") and value.lstrip("+-")[1:2].isdigit() for value in plain):
        return "category"  # a leading zero makes a code
    if len(plain) >= enough:
        return "number"
    if _measured(column, there, where, named):
        return "number"
    return "text" if is_prose(column) else "category"


def is_date(column: Profile) -> bool:
    """Whether nearly all values are dates."""
    there = present(column)
    return bool(there) and sum(DATE.match(value) is not None for value in there) >= ALMOST * len(there)


def is_measured(column: Profile) -> bool:
    """Whether nearly all values are numbers, with a unit or without."""
    there = present(column)
    return bool(there) and sum(MEASURE.match(value) is not None for value in there) >= ALMOST * len(there)


def is_prose(column: Profile, words: float = WORDS) -> bool:
    """Whether a column holds texts: several words, and hardly the same ones twice.

    Args:
        column: the profile of a column of strings.
        words: in the mean, from which it may be prose.
    """
    varied = column.unique >= VARIED or column.distinct >= MANY
    return varied and (column.words >= words or (column.length >= LONG and _without_blanks(column)))


def named_like_text(name: str) -> bool:
    """Whether a column is called what texts are called."""
    return name.strip().lower() in TEXT_NAMES


def present(column: Profile) -> list[str]:
    """The values that are there, without blanks around them."""
    trimmed = (value.strip() for value in column.values if value)
    return [value for value in trimmed if value.lower() not in ("", *ABSENT)]


def useless(column: Profile, kind: InputKind) -> str:
    """Why nothing can be learned from a column, in words; empty where something can."""
    there = present(column)
    distinct = len(set(there))
    if distinct < 2:
        return "holds one value only" if there else "is empty"
    if column.name.strip().lower() in ID_NAMES and column.unique >= UNIQUE:
        return "looks like an id"
    if distinct <= 10 or distinct < UNIQUE * len(there):
        return ""
    if kind == "category":
        return "names the row: nearly all its values differ"
    if kind == "number" and _counts_rows(there):
        return "looks like an id"
    return ""


def gives_away(column: Profile, target: Profile, kind: InputKind) -> bool:
    """Whether a column all but says the target: each of its values has one class, or it is the same number."""
    if kind == "number" and _correlation(column, target) >= STRAIGHT:
        return True
    pure = purity(column, target)
    labels = Counter(label for label in target.values if label)
    floor = max(labels.values(), default=0) / max(1, sum(labels.values()))
    return pure >= GIVES_AWAY and 1 - pure <= FEW_ERRORS * (1 - floor)


def _without_blanks(column: Profile) -> bool:
    """Whether most letters are of scripts that put few blanks, as Chinese and Japanese, or Korean in a hurry."""
    sample = "".join(value for value in column.values[:100] if value)
    return 2 * sum(char.isalpha() and ord(char) >= 0x2E80 for char in sample) >= len(sample)


def _measured(column: Profile, there: Sequence[str], where: str, named: bool) -> bool:
    """Whether the values are numbers with one unit; refuses several."""
    found = [match for value in there if (match := MEASURE.match(value))]
    if not is_measured(column):
        return False
    units = Counter(unit_of(match) for match in found)
    units.pop("", None)
    if len(units) <= 1:
        return True
    if not named and (len(units) > 3 or len(set(there)) <= 20):
        return False  # such as seats: 12A, 12B
    examples = [next(match[0] for match in found if unit_of(match) == unit) for unit in list(units)[:2]]
    raise InputError(
        f"numbers of a column must have one unit; column {column.name!r} of {where} has {examples[0]!r} and "
        f"{examples[1]!r}; write them in one unit, or leave the column out with --columns"
    )


def _counts_rows(there: Sequence[str]) -> bool:
    """Whether numbers are whole, all differ and lie densely: 1, 2, 3, …"""
    values = [value for value in there if value.lstrip("+-").isdigit()]
    if len(values) < len(there):
        return False
    whole = {int(value) for value in values}
    return (max(whole) - min(whole) + 1) <= DENSE * len(whole)


def _correlation(column: Profile, target: Profile) -> float:
    """Of two columns of numbers, by their size; 0 where one holds none."""
    if target.numeric < ALMOST or target.distinct < 3:
        return 0.0
    one, other = (measures([value or "" for value in side.values]) for side in (column, target))
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < 10 or one[known].std() == 0 or other[known].std() == 0:
        return 0.0
    return abs(float(np.corrcoef(one[known], other[known])[0, 1]))
