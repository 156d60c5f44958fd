"""M12: do equal inputs carry different labels?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum.contract import REAL, Finding, Severity
from naeum.diagnose.conflicts import conflicts
from naeum.diagnose.rates import percent
from naeum.diagnose.subject import Subject
from naeum.diagnose.texts import plain, texts
from naeum.errors import NotApplicable

TIP_BELOW = 0.005  # of the labelled rows: less is worth a look, but moves no score
MOST_ROWS = 1000  # rows kept in a finding: more than anybody reads


@dataclass(frozen=True)
class ConflictingDuplicates:
    """Fires where rows with the same input have different labels: no model can answer all of them."""

    code: ClassVar[str] = "M12"
    title: ClassVar[str] = "duplicates with conflicting labels"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, those of one input together, or None.

        Raises:
            NotApplicable: fewer than two rows are labelled, or the task is not one label a row.
        """
        fit = subject.fit
        known = np.flatnonzero((fit.target >= 0) & (fit.origin == REAL))
        if subject.task.output != "label" or len(known) < 2:
            raise NotApplicable(f"it needs two labelled rows with one label each; there are {len(known)}")
        every = texts(fit)
        numbers_of: dict[str, int] = {}  # of an input, in order of its first row: faster than sorting texts
        same = np.asarray([numbers_of.setdefault(plain(every[row]), len(numbers_of)) for row in known], np.int64)
        found = conflicts(same, fit.target[known])
        if not found.inputs:
            return None
        rows = fit.ids[known[found.rows]][:MOST_ROWS]
        seen = (
            f"{found.inputs:,} inputs stand more than once with different labels ({len(found.rows):,} rows):"
            f" {percent(found.lost / len(known))} of the labels cannot be answered rightly by any model."
        )
        lost = found.lost / len(known)
        numbers = {"inputs": float(found.inputs), "rows": float(len(found.rows)), "share": lost}
        severity: Severity = self.severity if lost >= TIP_BELOW else "tip"
        return Finding(self.code, self.title, severity, seen, numbers, tuple(map(int, rows)), self.answers)
