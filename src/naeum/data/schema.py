"""What is a role of a column, and what does a sample of it look like?"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from naeum.contract import InputKind
from naeum.errors import InputError

TARGET_NAMES = (
    "label",
    "labels",
    "target",
    "class",
    "category",
    "intent",
    "sentiment",
    "y",
    "tags",
    "ner_tags",
    "레이블",
    "라벨",
)
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
    typed: tuple[tuple[str, InputKind], ...] = ()  # further inputs with their kinds

    @property
    def kinds(self) -> dict[str, InputKind]:
        """The kind of each input, texts first."""
        texts: dict[str, InputKind] = dict.fromkeys(self.text, "text")
        return texts | dict(self.typed)

    def used(self) -> tuple[str, ...]:
        """Every column with a role, once."""
        single = (self.target, self.weight, self.group, self.time, self.id, self.folds)
        return tuple(dict.fromkeys([*self.kinds, *(name for name in single if name is not None)]))

    def role(self, name: str) -> str:
        """The role of a column: one of ROLES, the kind of a further input, or "other"."""
        if name in self.kinds:
            return self.kinds[name]
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
    words: float = 0.0  # mean words, by blanks

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
        words=sum(len(value.split()) for value in there) / count,
    )


def no_such_column(role: str, name: str, names: Sequence[str], where: str) -> InputError:
    """The refusal of a column that is not there, with the nearest name."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5) or [
        other for other in names if other.lower() == name.lower()
    ]
    advice = f"did you mean {near[0]!r}?" if near else "name one of these"
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return InputError(f"the {role} column must be one of the columns of {where}: {listed}; got {name!r}; {advice}")


def purity(column: Profile, target: Profile) -> float:
    """Share of rows whose class is the most frequent one among those with its value; 0 where hardly any repeats."""
    classes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for value, label in zip(column.values, target.values, strict=True):
        if value and label:
            classes[value][label] += 1
    rows = sum(sum(counts.values()) for counts in classes.values())
    if column is target or len(classes) < 2 or rows < 5 * len(classes):
        return 0.0
    return sum(max(counts.values()) for counts in classes.values()) / rows
