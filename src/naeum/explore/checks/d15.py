"""D15: do two columns say the same?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import listed, plural
from naeum.explore.subject import Subject

SAME = 0.98  # correlation or association from which one column can be told from the other
SIGNS = {"pearson": "r", "spearman": "ρ", "cramers_v": "V"}


@dataclass(frozen=True)
class SameColumns:
    """Fires on pairs of columns that (nearly) determine each other; pairs with the target are D08's."""

    code: ClassVar[str] = "D15"
    title: ClassVar[str] = "two columns say the same"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("drop_columns",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every column says something of its own.

        Raises:
            NotApplicable: there are no two columns to compare.
        """
        part = subject.part("relations")
        if len(part["numbers"]) < 2 and len(part["words"]) < 2:
            raise NotApplicable("it needs two columns of numbers or two categories; there are none")
        found = [
            one
            for one in part["strong"]
            if abs(one["value"]) >= SAME and subject.target not in one["columns"] and one["measure"] in SIGNS
        ]
        if not found:
            return None
        said = listed(
            [f"{' and '.join(one['columns'])} ({SIGNS[one['measure']]} = {one['value']:.3f})" for one in found]
        )
        verb = "says" if len(found) == 1 else "say"
        seen = f"{plural(len(found), 'pair')} of columns {verb} the same: {said}."
        numbers = {" and ".join(one["columns"]): float(one["value"]) for one in found}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
