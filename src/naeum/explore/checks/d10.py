"""D10: are numbers infinite?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import listed, plural, rows_of
from naeum.explore.subject import Subject
from naeum.explore.table import quoted


@dataclass(frozen=True)
class InfiniteNumbers:
    """Fires on columns that hold infinity: no mean, no scale and no gradient survives it."""

    code: ClassVar[str] = "D10"
    title: ClassVar[str] = "infinite numbers"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ("clip", "fill")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every number is finite.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {name: one["infinite"] for name, one in subject.part("facts").items() if one.get("infinite")}
        if not found:
            return None
        said = listed([f"{name} ({plural(count, 'row')})" for name, count in found.items()])
        verb = "holds" if len(found) == 1 else "hold"
        seen = f"{plural(len(found), 'column')} {verb} infinity: {said}; it is left out of means and figures."
        rows = rows_of(subject, " OR ".join(f"isinf({quoted(name)}::DOUBLE)" for name in list(found)[:100]))
        numbers = {f"infinite in {name}": float(count) for name, count in found.items()}
        return Finding(self.code, self.title, self.severity, seen, numbers, rows, self.answers)
