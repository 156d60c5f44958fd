"""What may each cell of a column be: there, of a type, in a range, one of a set, of a pattern, of a length?"""

from __future__ import annotations

import datetime
import re
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.data.expectations import chance
from naeum.data.expectations.rule import Found, RowRule
from naeum.data.kinds import NAMES, Kind, literal, quoted
from naeum.data.relation import told_of
from naeum.errors import InputError

TODAY = "today"  # an end of a range of dates that moves with the calendar


@dataclass(frozen=True)
class Type(RowRule):
    """Every value is of the kind; an infinite number is none.

    Example:
        >>> Type("age", name="whole").breaks()
        '"age" IS NULL'
    """

    name: str = "text"
    format: str = ""  # of dates that are not ISO 8601
    word: ClassVar[str] = "type"

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise InputError(f"a type must be one of {', '.join(NAMES)}; got {self.name!r}; correct its name")

    def kind(self) -> Kind:
        return Kind(self.name, self.format)

    def about(self) -> str:
        return f"{self.text()} IS NOT NULL"

    def breaks(self) -> str:
        wrong = f"{self.value()} IS NULL"
        return f"{wrong} OR isinf({self.value()}::DOUBLE)" if self.name == "number" else wrong

    def says(self) -> str:
        also = " or are infinite" if self.name == "number" else ""
        return f"are no {self.name}{also}"


@dataclass(frozen=True)
class Missing(RowRule):
    """Cells are there; as many may be missing as in the reference."""

    word: ClassVar[str] = "missing"

    def about(self) -> str:
        return "true"

    def breaks(self) -> str:
        return f"{self.text()} IS NULL"

    def says(self) -> str:
        return "are missing"


@dataclass(frozen=True)
class TwoEnds(RowRule):
    """Values lie between two ends, which are judged apart."""

    @abstractmethod
    def low(self) -> str:
        """SQL that holds of the rows below."""

    @abstractmethod
    def high(self) -> str:
        """SQL that holds of the rows above."""

    def breaks(self) -> str:
        return f"({self.low()}) OR ({self.high()})"

    def measures(self) -> dict[str, str]:
        ends = {"low": self.low(), "high": self.high()}
        counts = {name: f"count(*) FILTER (WHERE ({self.about()}) AND ({sql}))" for name, sql in ends.items()}
        return {**super().measures(), **counts}

    def tail(self, found: Found) -> float:
        return chance.outside(found["low"], found["high"], found["of"], self.of or 0)


@dataclass(frozen=True)
class Range(TwoEnds):
    """Values lie between two ends, both included; an end that is None is open.

    What was learned are the smallest and the largest of `of` values: about 2 of `of` + 1 new ones lie outside.
    """

    at_least: Any = None
    at_most: Any = None
    word: ClassVar[str] = "range"

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise InputError("a range must have an end; got none; write at_least, at_most or both")
        for one in (self.at_least, self.at_most):
            if one is not None and one != TODAY and not isinstance(one, (int, float, datetime.date)):
                raise InputError(f"an end of a range must be a number or a date; got {one!r}; write it without quotes")

    def kind(self) -> Kind | None:
        ends = [one for one in (self.at_least, self.at_most) if one is not None]
        if any(isinstance(one, datetime.datetime) for one in ends):
            return Kind("time")
        return Kind("date") if any(isinstance(one, datetime.date) or one == TODAY for one in ends) else Kind("number")

    def low(self) -> str:
        return "false" if self.at_least is None else f"{self.value()} < {end(self.at_least)}"

    def high(self) -> str:
        return "false" if self.at_most is None else f"{self.value()} > {end(self.at_most)}"

    def says(self) -> str:
        low = "" if self.at_least is None else f"below {self.at_least}"
        high = "" if self.at_most is None else f"above {self.at_most}"
        return f"are {' or '.join(one for one in (low, high) if one)}"


@dataclass(frozen=True)
class Values(RowRule):
    """Values are among a few; `seen` are the reference rows whose value was seen in no other row (Good 1953)."""

    values: tuple[Any, ...] = ()
    word: ClassVar[str] = "values"

    def __post_init__(self) -> None:
        if not self.values:
            raise InputError("values must be named; got none; list them, or leave the key out")

    def kind(self) -> Kind | None:
        return kind_of(self.values)

    def about(self) -> str:
        return f"{cell(self.column, self.kind())} IS NOT NULL"

    def breaks(self) -> str:
        return f"{cell(self.column, self.kind())} NOT IN ({', '.join(map(literal, self.values))})"

    def says(self) -> str:
        return f"are none of the {len(self.values)} known"


@dataclass(frozen=True)
class Pattern(RowRule):
    """The whole text matches a regular expression (RE2)."""

    matches: str = ""
    word: ClassVar[str] = "pattern"

    def __post_init__(self) -> None:
        try:
            re.compile(self.matches)
        except re.error as error:
            raise InputError(
                f"a pattern must be a regular expression; got {self.matches!r} ({error}); correct it"
            ) from error

    def about(self) -> str:
        return f"{self.text()} IS NOT NULL"

    def breaks(self) -> str:
        return f"NOT regexp_full_match({self.text()}, {literal(self.matches)})"

    def says(self) -> str:
        return f"do not match {self.matches}"


@dataclass(frozen=True)
class Length(TwoEnds):
    """Texts are between so many and so many characters long."""

    at_least: int = 0
    at_most: int | None = None
    word: ClassVar[str] = "length"

    def about(self) -> str:
        return f"{self.text()} IS NOT NULL"

    def low(self) -> str:
        return f"length({self.text()}) < {int(self.at_least)}"

    def high(self) -> str:
        return "false" if self.at_most is None else f"length({self.text()}) > {int(self.at_most)}"

    def says(self) -> str:
        most = "" if self.at_most is None else f" or longer than {self.at_most:,}"
        return f"are shorter than {self.at_least:,}{most} characters"


def end(value: Any) -> str:
    """SQL of an end of a range.

    Example:
        >>> end(3), end(datetime.date(2026, 1, 2)), end("today")
        ('3', "'2026-01-02'", '(current_date + 1)')
    """
    # A day of grace: elsewhere it is tomorrow already.
    return "(current_date + 1)" if value == TODAY else literal(value)


def kind_of(values: Sequence[Any]) -> Kind | None:
    """The kind that values of YAML are compared as; None for text.

    Example:
        >>> kind_of([0, 1]), kind_of([True]), kind_of(["서울", 3])
        (Kind(name='whole', format=''), Kind(name='truth', format=''), None)
    """
    if all(isinstance(value, bool) for value in values):
        return Kind("truth")
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return Kind("whole")
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return Kind("number")
    return None


def cell(column: str, kind: Kind | None) -> str:
    """SQL of a cell: its value where values of a kind are compared, else its text."""
    return quoted(told_of(column) if kind is None else column)
