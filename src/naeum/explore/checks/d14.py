"""D14: do categories have very many values?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject

MANY = 50  # distinct values: one column each would outnumber the others
ROWS_EACH = 20  # rows a value on average: with fewer a mean of each value is mostly noise
ANYHOW_MANY = 1_000  # distinct values that are many however many rows there are


@dataclass(frozen=True)
class HighCardinality:
    """Fires on categories of so many values that each has few rows."""

    code: ClassVar[str] = "D14"
    title: ClassVar[str] = "category of very many values"
    severity: ClassVar[Severity] = "tip"
    answers: ClassVar[tuple[str, ...]] = ("encode",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where each category has enough rows of each value.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {
            name: one["distinct"]
            for name, one in columns_of(subject, "category").items()
            if name != subject.target
            and one["distinct"] >= MANY
            and (one["distinct"] >= ANYHOW_MANY or one["count"] < ROWS_EACH * one["distinct"])
        }
        if not found:
            return None
        said = listed([f"{name} ({count:,})" for name, count in found.items()])
        verb = "has" if len(found) == 1 else "have"
        seen = f"{plural(len(found), 'category', 'categories')} {verb} very many values: {said}."
        numbers = {f"values of {name}": float(count) for name, count in found.items()}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
