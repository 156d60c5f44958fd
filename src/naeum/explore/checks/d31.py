"""D31: which labels look wrong, and how many are?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import Rate
from naeum.explore.checks.saying import ids, listed
from naeum.explore.subject import Subject

LEAST_RATE = 0.01  # of the labels: with fewer wrong ones cleaning moves a score less than chance does
LEAST_SUSPECTS = 3  # rows: one or two suspects may be the learners' own mistakes
OVERLAP = 0.1  # of the rows of a table answered otherwise, from which classes may overlap in its columns
DOUBT = (
    " One learner alone also suspects what it cannot tell apart.",
    " Or the columns do not tell the classes apart there.",
)  # of texts, of cells
TWO = 2  # learners that must agree for a warning: one alone suspects what it cannot tell apart


@dataclass(frozen=True)
class SuspectedLabels:
    """Fires where models that did not see them are sure that enough rows are of another class than their label says."""

    code: ClassVar[str] = "D31"
    title: ClassVar[str] = "suspected label errors"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels", "label_smoothing")

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, the most suspicious first, or None.

        Raises:
            NotApplicable: there are too few labelled rows or classes.
        """
        found = subject.part("suspects")
        if found["low"] < LEAST_RATE or found["suspects"] < LEAST_SUSPECTS:
            return None
        rate = Rate(found["rate"], found["low"], found["high"])
        of_cells = found.get("what") == "rows"
        part = "" if found["rows"] == found["of"] else f" (a sample of {found['of']:,})"
        sure = found["wrong"] <= OVERLAP if of_cells else found["learners"] >= TWO
        seen = (
            f"{found['suspects']:,} of {found['judged']:,} labels{part} look wrong to {listed(found['by'])};"
            f" were they right throughout, {rate} of all labels would be wrong." + ("" if sure else DOUBT[of_cells])
        )
        severity: Severity = "warning" if sure else "tip"
        numbers = {"rate": rate.value, "low": rate.low, "high": rate.high, "suspects": float(found["suspects"])}
        return Finding(
            self.code, self.title, severity, seen, numbers, ids(subject, found["suspect_rows"]), self.answers
        )
