"""D18: is one value spelt in several ways?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject


@dataclass(frozen=True)
class Spellings:
    """Fires on categories in which values differ only in case, width, blanks or stops."""

    code: ClassVar[str] = "D18"
    title: ClassVar[str] = "one value, several spellings"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("normalise",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where each value has one spelling.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {
            name: one["spellings"] for name, one in columns_of(subject, "category").items() if one.get("spellings")
        }
        if not found:
            return None
        said = []
        for name, groups in found.items():
            spelt = listed([repr(value) for value, _ in groups[0]["values"]], 3)
            more = f" and {len(groups) - 1} more" if len(groups) > 1 else ""
            said.append(f"{name} ({spelt}{more})")
        verb = "spells" if len(found) == 1 else "spell"
        seen = f"{plural(len(found), 'category', 'categories')} {verb} one value in several ways: {listed(said)}."
        numbers = {f"values of {name}": float(len(groups)) for name, groups in found.items()}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
