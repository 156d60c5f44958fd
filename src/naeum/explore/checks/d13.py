"""D13: are numbers skewed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject

STRONG = 2.0  # skew of an exponential column: from here on a mean and a scale say little
LEAST_DISTINCT = 10  # values: the skew of few values is their balance


@dataclass(frozen=True)
class Skew:
    """Fires on columns of numbers with one long tail."""

    code: ClassVar[str] = "D13"
    title: ClassVar[str] = "skewed numbers"
    severity: ClassVar[Severity] = "tip"
    answers: ClassVar[tuple[str, ...]] = ("clip",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where no column has a long tail.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {
            name: float(one["skew"])
            for name, one in columns_of(subject, "number").items()
            if one.get("skew") is not None and abs(one["skew"]) >= STRONG and one["distinct"] >= LEAST_DISTINCT
        }
        if not found:
            return None
        ranked = sorted(found, key=lambda name: -abs(found[name]))
        verb = "has" if len(found) == 1 else "have"
        seen = (
            f"{plural(len(found), 'column')} of numbers {verb} one long tail (skew of {STRONG:g} or more):"
            f" {listed([f'{name} ({found[name]:.1f})' for name in ranked])}."
        )
        return Finding(self.code, self.title, self.severity, seen, found, (), self.answers)
