"""D12: are dates written in several formats?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, ids, listed, plural
from naeum.explore.subject import Subject

ROWS = 100  # of the rarer formats that are listed


@dataclass(frozen=True)
class DateFormats:
    """Fires on columns whose dates are written in more than one format."""

    code: ClassVar[str] = "D12"
    title: ClassVar[str] = "dates in several formats"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("parse_dates",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where all dates of a column are written alike.

        Raises:
            NotApplicable: columns were not looked at.
        """
        found = {name: one["formats"] for name, one in columns_of(subject).items() if len(one.get("formats") or {}) > 1}
        if not found:
            return None
        said = []
        for name, forms in found.items():
            written = [f"{form}: {plural(rows, 'row')}" for form, rows in forms.items()]
            said.append(f"{name} ({listed(written)})")
        verb = "is" if len(found) == 1 else "are"
        seen = f"{plural(len(found), 'column')} of dates {verb} written in several formats: {'; '.join(said[:5])}."
        numbers = {f"formats of {name}": float(len(forms)) for name, forms in found.items()}
        rows = [row for name, forms in found.items() for row in _rarer(subject, name, next(iter(forms)))]
        return Finding(self.code, self.title, self.severity, seen, numbers, ids(subject, rows), self.answers)


def _rarer(subject: Subject, name: str, usual: str) -> list[int]:
    """Rows whose date is not in the usual format."""
    column, place = subject.table.form_of.get(name), subject.table.forms[name].index(usual)
    query = f'SELECT rowid FROM stored WHERE "{column}" <> {place} ORDER BY rowid LIMIT {ROWS}'
    return [] if column is None else [int(row[0]) for row in subject.table.connection.execute(query).fetchall()]
