"""D23: do texts hold personal data?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

SECRET = ("resident_number", "card_number")  # that nobody may hold without need


@dataclass(frozen=True)
class PersonalData:
    """Fires on a single e-mail address, phone, resident or card number. What was found is not kept, only where."""

    code: ClassVar[str] = "D23"
    title: ClassVar[str] = "personal data"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: who may see the data is not for a model to decide

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("signs")
        hits = {name: one for name, one in found["patterns"].items() if one["kind"] == "personal" and one["rows"]}
        if not hits:
            return None
        said = listed([f"{one['title']} in {plural(one['rows'], 'row')}" for one in hits.values()])
        seen = f"{said[:1].upper()}{said[1:]}, of {found['rows']:,} looked at; what was found is not kept."
        severity: Severity = "issue" if set(hits) & set(SECRET) else "warning"
        numbers = {name: float(one["rows"]) for name, one in hits.items()}
        rows = sorted({row for one in hits.values() for row in one["named"]})
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
