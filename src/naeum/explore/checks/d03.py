"""D03: do columns only name the row?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject


@dataclass(frozen=True)
class IdColumn:
    """Fires on columns of codes or row numbers that are different in (nearly) every row."""

    code: ClassVar[str] = "D03"
    title: ClassVar[str] = "id-like column"
    severity: ClassVar[Severity] = "tip"
    answers: ClassVar[tuple[str, ...]] = ("drop_columns",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where no column is an id.

        Raises:
            NotApplicable: columns were not looked at.
        """
        ids = columns_of(subject, "id")
        found = {name: one for name, one in ids.items() if name not in subject.table.told}  # paths are known to be ids
        if not found:
            return None
        said = listed([f"{name} ({one['distinct']:,} values in {one['count']:,} rows)" for name, one in found.items()])
        verbs = "names the row and says" if len(found) == 1 else "name the row and say"
        seen = f"{plural(len(found), 'column')} {verbs} nothing of new rows: {said}."
        numbers = {f"distinct of {name}": float(one["distinct"]) for name, one in found.items()}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
