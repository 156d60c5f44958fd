"""D02: do columns hold one value only?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject


@dataclass(frozen=True)
class ConstantColumn:
    """Fires where every value of a column that is there is the same."""

    code: ClassVar[str] = "D02"
    title: ClassVar[str] = "constant column"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("drop_columns",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every column varies.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {name: one for name, one in columns_of(subject, "constant").items() if one["count"]}
        if not found:
            return None
        values = {name: (one.get("top") or [{"value": "?"}])[0]["value"] for name, one in found.items()}
        said = listed([f"{name} (always {value!r})" for name, value in values.items()])
        verb = "holds" if len(found) == 1 else "hold"
        seen = f"{plural(len(found), 'column')} {verb} one value only: {said}."
        return Finding(self.code, self.title, self.severity, seen, {"columns": float(len(found))}, (), self.answers)
