"""What must hold between columns, between tables, and of the table itself?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.data.expectations import chance
from naeum.data.expectations.rule import Found, RowRule, Rule, Verdict
from naeum.data.kinds import literal, quoted
from naeum.errors import InputError


@dataclass(frozen=True)
class Order(RowRule):
    """One column is at most another in each row that has both: an end is not before its start.

    Example:
        >>> Order(first="start", then="end").breaks()
        '"start" > "end"'
    """

    first: str = ""
    then: str = ""
    word: ClassVar[str] = "order"

    def needs(self) -> tuple[str, ...]:
        return self.first, self.then

    def about(self) -> str:
        return f"{quoted(self.first)} IS NOT NULL AND {quoted(self.then)} IS NOT NULL"

    def breaks(self) -> str:
        return f"{quoted(self.first)} > {quoted(self.then)}"

    def says(self) -> str:
        return f"have a {self.first} after their {self.then}"


@dataclass(frozen=True)
class Key(RowRule):
    """Each value stands in a column of another table.

    Args:
        table: a file, beside the file of the expectations unless its path is absolute.
        key: the column there.
        known: the values there; filled in when the expectations are checked.
    """

    table: str = ""
    key: str = ""
    known: str = ""  # name of a view with the values
    word: ClassVar[str] = "keys"

    def about(self) -> str:
        return f"{self.text()} IS NOT NULL"

    def breaks(self) -> str:
        return f"{self.text()} NOT IN (SELECT value FROM {quoted(self.known)} WHERE value IS NOT NULL)"

    def says(self) -> str:
        return f"do not stand in {self.key} of {self.table}"


@dataclass(frozen=True)
class Rows(Rule):
    """There are so many rows."""

    at_least: int = 1
    at_most: int | None = None
    word: ClassVar[str] = "rows"

    def __post_init__(self) -> None:
        if self.at_most is not None and self.at_most < self.at_least:
            raise InputError(
                f"at_most must be {self.at_least} or more; got {self.at_most}; correct one end of the row count"
            )

    def measures(self) -> dict[str, str]:
        return {"of": "count(*)"}

    def judge(self, found: Found, level: float) -> Verdict:
        rows = found["of"]
        most = "or more" if self.at_most is None else f"to {self.at_most:,}"
        holds = rows >= self.at_least and (self.at_most is None or rows <= self.at_most)
        return Verdict(holds, f"there are {rows:,} rows; {self.at_least:,} {most} are expected", of=rows)


@dataclass(frozen=True)
class Readable(Rule):
    """Lines of a file can be read; as many may be broken as in the reference."""

    seen: int = 0
    of: int | None = None
    broken: int = 0  # lines of the file that is checked; filled in then
    word: ClassVar[str] = "broken_lines"

    def measures(self) -> dict[str, str]:
        return {"of": f"count(*) + {literal(self.broken)}"}

    def judge(self, found: Found, level: float) -> Verdict:
        likely = None if self.of is None else chance.more(self.broken, found["of"], self.seen, self.of)
        holds = not self.broken if likely is None else likely >= level
        seen = f"{self.broken:,} of {found['of']:,} lines could not be read"
        return Verdict(holds, seen, self.broken, found["of"], likely)


@dataclass(frozen=True)
class There(Rule):
    """The column is there."""

    column: str
    word: ClassVar[str] = "there"

    def measures(self) -> dict[str, str]:
        return {"of": "count(*)"}

    def judge(self, found: Found, level: float) -> Verdict:
        return Verdict(True, "the column is there", of=found["of"])
