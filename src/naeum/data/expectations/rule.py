"""What is an expectation? A value that says what must hold, how it is measured, and how a measurement is judged.

An expectation with `of` was learned on so many rows: as many new rows may break it as chance explains (see chance.py).
One without `of` is strict: no row may break it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.data.expectations import chance
from naeum.data.kinds import Kind, quoted
from naeum.data.relation import told_of

Found = Mapping[str, Any]  # what was measured, by name


@dataclass(frozen=True)
class Verdict:
    """How an expectation stands.

    Args:
        holds: whether it does.
        seen: one sentence with the numbers in it.
        breaking: rows that break it, of `of` that it is about; more than none may hold.
        chance: of a difference as large among rows of one source; None where the expectation is strict.
    """

    holds: bool
    seen: str
    breaking: int = 0
    of: int = 0
    chance: float | None = None


@dataclass(frozen=True)
class Rule(ABC):
    """An expectation of one column, or of the table where the column is ''."""

    word: ClassVar[str] = ""  # its key in YAML

    @abstractmethod
    def measures(self) -> dict[str, str]:
        """SQL aggregates over the view `cells`, by name."""

    @abstractmethod
    def judge(self, found: Found, level: float) -> Verdict:
        """The verdict on what was measured; an alarm where the chance is below `level`."""

    def where(self, found: Found) -> str | None:
        """SQL that holds of the rows that break it; None where no single row does."""
        return None

    def needs(self) -> tuple[str, ...]:
        """The columns that must be there."""
        return ()

    def kind(self) -> Kind | None:
        """Of which kind its column must be read; None where any will do."""
        return None


@dataclass(frozen=True)
class RowRule(Rule):
    """An expectation that each row keeps or breaks."""

    column: str = ""
    seen: int = 0  # reference rows that broke it
    of: int | None = None  # reference rows that it was learned on; None: no row may break it

    def needs(self) -> tuple[str, ...]:
        return (self.column,)

    def value(self) -> str:
        """SQL of the value, NULL where it is missing."""
        return quoted(self.column)

    def text(self) -> str:
        """SQL of the cell as text, NULL where it is missing."""
        return quoted(told_of(self.column))

    def about(self) -> str:
        """SQL that holds of the rows it is about."""
        return f"{self.value()} IS NOT NULL"

    @abstractmethod
    def breaks(self) -> str:
        """SQL that holds of the rows that break it."""

    @abstractmethod
    def says(self) -> str:
        """What the rows that break it do: 'are missing'."""

    def tail(self, found: Found) -> float:
        """The chance that as many rows break it."""
        return chance.more(found["breaking"], found["of"], self.seen, self.of or 0)

    def measures(self) -> dict[str, str]:
        return {
            "breaking": f"count(*) FILTER (WHERE ({self.about()}) AND ({self.breaks()}))",
            "of": f"count(*) FILTER (WHERE {self.about()})",
        }

    def judge(self, found: Found, level: float) -> Verdict:
        k, m = found["breaking"], found["of"]
        likely = None if self.of is None else self.tail(found)
        holds = not k if likely is None else likely >= level
        seen = f"{k:,} of {m:,} values {self.says()}" if k else f"all {m:,} values keep to it"
        if likely is not None and (k or self.seen):
            seen += f"; {self.seen:,} of {self.of:,} did in the reference"
        return Verdict(holds, seen, k, m, likely)

    def where(self, found: Found) -> str | None:
        return f"({self.about()}) AND ({self.breaks()})"
