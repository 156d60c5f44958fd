"""D05: are columns mostly, or wholly, empty?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import listed, plural, shares
from naeum.explore.subject import Subject

MOSTLY = 0.5  # share of missing values from which what is filled in outweighs what was measured


@dataclass(frozen=True)
class MostlyMissing:
    """Fires on columns of which at least half is missing, and names those that hold nothing at all."""

    code: ClassVar[str] = "D05"
    title: ClassVar[str] = "mostly missing"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("fill",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every column is at least half full.

        Raises:
            NotApplicable: missing values were not counted.
        """
        columns = subject.part("missing")["columns"]
        found = {name: one["share"] for name, one in columns.items() if one["share"] >= MOSTLY}
        if not found:
            return None
        empty = [name for name, share in found.items() if share >= 1]
        partly = {name: share for name, share in found.items() if share < 1}
        said = []
        if partly:
            verb = "misses" if len(partly) == 1 else "miss"
            said.append(f"{plural(len(partly), 'column')} {verb} at least half of the values: {shares(partly)}")
        if empty:
            verb = "holds" if len(empty) == 1 else "hold"
            said.append(f"{plural(len(empty), 'column')} {verb} nothing at all: {listed(empty)}")
        numbers = {f"share of {name}": share for name, share in found.items()}
        return Finding(self.code, self.title, self.severity, "; ".join(said) + ".", numbers, (), self.answers)
