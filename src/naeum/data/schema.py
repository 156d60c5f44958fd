"""Which column is what: text, target, id, time; what was inferred, and which flag says otherwise?"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from naeum.errors import InputError

TARGET_NAMES = ("label", "labels", "target", "class", "category", "intent", "sentiment", "y", "레이블", "라벨")
TIME_NAMES = ("date", "time", "timestamp", "datetime", "created_at", "날짜", "일시")
ID_NAMES = ("id", "uid", "uuid", "key", "index", "idx")
FEW_VALUES = 0.1  # a column with fewer distinct values than a tenth of the rows can be a target
GIVES_AWAY = 0.99  # share of rows whose target one value of another column settles
UNIQUE = 0.95  # share of distinct values from which a column of numbers or codes names the row
CODE = re.compile(r"^(?=.*\d)[\w.:-]{1,64}$", re.ASCII)  # a number, a UUID, a file name: digits and no blank
NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")
ROLES = ("text", "target", "weight", "group", "time", "id", "folds")


@dataclass(frozen=True)
class Columns:
    """Which column plays which role."""

    text: tuple[str, ...]
    target: str | None
    weight: str | None = None
    group: str | None = None
    time: str | None = None
    id: str | None = None
    folds: str | None = None

    def used(self) -> tuple[str, ...]:
        """Every column with a role, once."""
        single = (self.target, self.weight, self.group, self.time, self.id, self.folds)
        return tuple(dict.fromkeys([*self.text, *(name for name in single if name is not None)]))

    def role(self, name: str) -> str:
        """The role of a column: one of ROLES, or "other"."""
        if name in self.text:
            return "text"
        return next((role for role in ROLES[1:] if getattr(self, role) == name), "other")


@dataclass(frozen=True)
class Profile:
    """What a sample of a column looks like. All shares are of the values that are there."""

    name: str
    values: tuple[str | None, ...]
    length: float  # mean characters
    distinct: int
    unique: float
    numeric: float
    codes: float

    @property
    def names_rows(self) -> bool:
        """Whether the column is an id: nearly all values differ and are numbers or codes."""
        return self.unique >= UNIQUE and self.codes >= UNIQUE and self.distinct > 10


def profile(name: str, values: Sequence[str | None]) -> Profile:
    """The profile of a column's sample.

    Example:
        >>> profile("movie", ["98484", "24477", None]).numeric
        1.0
    """
    there = [value for value in values if value]
    count = max(1, len(there))
    return Profile(
        name,
        tuple(values),
        length=sum(map(len, there)) / count,
        distinct=len(set(there)),
        unique=len(set(there)) / count,
        numeric=sum(NUMBER.match(value.strip()) is not None for value in there) / count,
        codes=sum(CODE.match(value) is not None for value in there) / count,
    )


def infer(
    sample: Mapping[str, Sequence[str | None]], asked: Mapping[str, object], where: str, needs_target: bool = True
) -> tuple[Columns, list[str]]:
    """The role of every column, and sentences that say what was inferred.

    Args:
        sample: values by column, of rows spread over the file.
        asked: what the user named, by role; None where nothing was.
        where: the file, for messages.
        needs_target: whether a column must be the target; rows to predict have none.

    Raises:
        InputError: a named column is not there, or no column can be the text or the target.

    Example:
        >>> columns, notes = infer({"q": ["where is it?", "I lost it"], "intent": ["ask", "lost"]}, {}, "a.csv")
        >>> columns.text, columns.target
        (('q',), 'intent')
    """
    names = list(sample)
    named = {role: _named(role, asked.get(role), names, where) for role in ROLES}
    profiles = {name: profile(name, values) for name, values in sample.items()}
    notes: list[str] = []
    taken = {name for columns in named.values() for name in columns}
    target = next(iter(named["target"]), None)
    if target is None and needs_target:
        target = _infer_target(profiles, taken, where, notes)
    text = named["text"] or _infer_text(profiles, taken | {target or ""}, where, notes)
    _check_text(text, target, profiles, bool(named["text"]), where)
    single = {role: (named[role][0] if named[role] else None) for role in ROLES[2:]}
    columns = Columns(text, target, **single)
    notes += _left_over(columns, profiles)
    return columns, notes


def no_such_column(role: str, name: str, names: Sequence[str], where: str) -> InputError:
    """The refusal of a column that is not there, with the nearest name."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5) or [
        other for other in names if other.lower() == name.lower()
    ]
    advice = f"did you mean {near[0]!r}?" if near else "name one of these"
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return InputError(f"the {role} column must be one of the columns of {where}: {listed}; got {name!r}; {advice}")


def _named(role: str, asked: object, names: Sequence[str], where: str) -> tuple[str, ...]:
    if asked is None:
        return ()
    wanted = tuple(asked) if isinstance(asked, (list, tuple)) else (str(asked),)
    for name in wanted:
        if name not in names:
            raise no_such_column(role, name, names, where)
    return wanted


def _infer_target(profiles: Mapping[str, Profile], taken: set[str], where: str, notes: list[str]) -> str:
    free = [name for name in profiles if name not in taken]
    by_name = {name.strip().lower(): name for name in reversed(free)}
    found = next((by_name[known] for known in TARGET_NAMES if known in by_name), None)
    if found is not None:
        notes.append(f"target = {found} (by its name; --target COLUMN says otherwise)")
        return found
    few = [name for name in free if _has_few_values(profiles[name])]
    longest = max(free, key=lambda name: profiles[name].length, default=None)
    few = [name for name in few if name != longest or len(free) == 1]
    if not few:
        raise InputError(
            f"one column must be the target; none of {', '.join(profiles)} in {where} has few distinct values or a "
            f"name "
            f"like label; name it with --target COLUMN"
        )
    found = min(reversed(few), key=lambda name: profiles[name].distinct)
    notes.append(f"target = {found} ({profiles[found].distinct} distinct values; --target COLUMN says otherwise)")
    return found


def _has_few_values(column: Profile) -> bool:
    rows = sum(value not in (None, "") for value in column.values)
    return 2 <= column.distinct <= max(FEW_VALUES * rows, min(20, rows / 2 + 1))


def _infer_text(profiles: Mapping[str, Profile], taken: set[str], where: str, notes: list[str]) -> tuple[str, ...]:
    free = [column for name, column in profiles.items() if name not in taken]
    texts = [column for column in free if column.numeric < UNIQUE and not column.names_rows and column.distinct > 0]
    if not texts:
        listed = ", ".join(column.name for column in free)
        if not free:
            raise InputError(
                f"one column must hold text beside the target; {where} has only {', '.join(profiles)}; check the "
                f"delimiter, or "
                f"add the text"
            )
        raise InputError(
            f"one column must hold text; the columns left in {where} are {listed}, which hold numbers or ids; name the "
            f"text with --text COLUMN"
        )
    longest = max(texts, key=lambda column: column.length)
    notes.append(f"text = {longest.name} ({longest.length:.0f} characters on average; --text COLUMN says otherwise)")
    return (longest.name,)


def _check_text(
    text: Sequence[str], target: str | None, profiles: Mapping[str, Profile], named: bool, where: str
) -> None:
    if target in text:
        raise InputError(
            f"text and target must be two columns; got {target!r} for both in {where}; name another with --text or "
            f"--target"
        )
    for name in text:
        if named and profiles[name].names_rows:
            example = next(value for value in profiles[name].values if value)
            raise InputError(
                f"the text column must hold text; {name!r} in {where} holds an id in each row (such as {example!r}); "
                f"name another column with --text, or leave it out to have it inferred"
            )


def _left_over(columns: Columns, profiles: Mapping[str, Profile]) -> list[str]:
    notes, unused = [], []
    for name, column in profiles.items():
        if name in columns.text and _purity(column, profiles[columns.target or name]) >= GIVES_AWAY:
            notes.append(f"warning: the text column {name} gives the target away: each of its values has one class")
        if columns.role(name) != "other":
            continue
        if name.lower() in ID_NAMES and column.unique >= UNIQUE:
            notes.append(f"{name} looks like an id and is not an input (--id {name} names the rows by it)")
        elif name.lower() in TIME_NAMES:
            notes.append(f"{name} looks like a time and is not an input (--time {name} tests on the newest rows)")
        elif columns.target is not None and _purity(column, profiles[columns.target]) >= GIVES_AWAY:
            notes.append(f"warning: {name} gives the target away; it is kept out of the inputs")
        else:
            unused.append(name)
    if unused:
        notes.append(f"not used: {', '.join(unused)} (--text COLUMN makes one the input)")
    return notes


def _purity(column: Profile, target: Profile) -> float:
    """Share of rows whose class is the most frequent one among the rows with the same value; 0 where values hardly "
    "repeat."""
    classes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, label in zip(column.values, target.values, strict=True):
        if value and label:
            classes[value][label] += 1
    rows = sum(sum(counts.values()) for counts in classes.values())
    if column is target or len(classes) < 2 or rows < 5 * len(classes):
        return 0.0
    return sum(max(counts.values()) for counts in classes.values()) / rows
