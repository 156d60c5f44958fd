"""D17: are the rows sorted by class?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.errors import NotApplicable
from naeum.explore.subject import Subject

BLOCKS = 0.5  # runs of equal targets against those of a shuffled file: chance never halves them in 100 rows
LEAST_ROWS = 50


@dataclass(frozen=True)
class SortedRows:
    """Fires where equal targets stand in blocks: the first rows of the file are then no sample of it."""

    code: ClassVar[str] = "D17"
    title: ClassVar[str] = "rows sorted by class"
    answers: ClassVar[tuple[str, ...]] = ()  # naeum cuts its parts by a hash, and shuffles when it trains

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where targets come mixed.

        Raises:
            NotApplicable: there are no classes, or few rows.
        """
        part = subject.part("target")
        if part["column"] in subject.table.told:
            raise NotApplicable("files in folders have no order of their own")
        classes = part.get("classes")
        if not classes or len(classes) < 2 or sum(one["rows"] for one in classes) < LEAST_ROWS:
            raise NotApplicable(f"it needs {LEAST_ROWS} rows of two or more classes; there are fewer")
        runs, usual = part["runs"], part["runs_shuffled"]
        if runs >= BLOCKS * usual:
            return None
        wholly = runs == len(classes)
        how = "the rows are sorted by class" if wholly else "equal classes stand in blocks"
        seen = (
            f"{how[:1].upper()}{how[1:]}: {runs:,} runs of equal targets where a shuffled file has {usual:,.0f}; take"
            " no rows off the top as a sample or a part."
        )
        severity: Severity = "warning" if wholly else "tip"
        numbers = {"runs": float(runs), "runs_shuffled": float(usual), "classes": float(len(classes))}
        return Finding(self.code, self.title, severity, seen, numbers, (), self.answers)
