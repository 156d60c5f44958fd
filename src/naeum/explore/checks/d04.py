"""D04: are values missing?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.d05 import MOSTLY
from naeum.explore.checks.saying import plural, rows_of, shares
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

MANY = 0.05  # share of a column's values: below, dropping or filling the rows hardly moves a result


@dataclass(frozen=True)
class MissingValues:
    """Fires on columns that miss values, but not most of them; a tip where it is few."""

    code: ClassVar[str] = "D04"
    title: ClassVar[str] = "missing values"
    answers: ClassVar[tuple[str, ...]] = ("fill", "drop_missing")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where nothing is missing.

        Raises:
            NotApplicable: missing values were not counted.
        """
        part = subject.part("missing")
        found = {name: one["share"] for name, one in part["columns"].items() if one["share"] < MOSTLY}
        if not found:
            return None
        severity: Severity = "warning" if max(found.values()) >= MANY else "tip"
        verb = "misses" if len(found) == 1 else "miss"
        seen = f"{plural(len(found), 'column')} {verb} values: {shares(found)}; {percent(part['cells'])} of all cells."
        numbers = {f"share of {name}": share for name, share in found.items()}
        rows = rows_of(subject, " OR ".join(f"{quoted(name)} IS NULL" for name in list(found)[:100]))
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)
