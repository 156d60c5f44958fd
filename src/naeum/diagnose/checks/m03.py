"""M03: which labels look wrong, and how many are?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.noise import LEARNERS
from naeum.diagnose.rates import Rate
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

LEAST_RATE = 0.01  # of the labels: with fewer wrong ones cleaning moves a score less than chance does
LEAST_SUSPECTS = 3  # rows: one or two suspects may be the learners' own mistakes
MOST_ROWS = 1000  # suspects kept in a finding: more than anybody reads


@dataclass(frozen=True)
class LabelNoise:
    """Fires where two unlike learners agree on enough wrong-looking labels, and lists the rows."""

    code: ClassVar[str] = "M03"
    title: ClassVar[str] = "label noise"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels", "label_smoothing")

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the suspects, the most suspicious first, or None.

        Raises:
            NotApplicable: label noise was not estimated, or by one learner only.
        """
        noise = subject.noise
        if noise is None:
            raise NotApplicable("it needs out-of-fold answers of two learners; label noise was not estimated")
        if noise.learners < LEARNERS:
            raise NotApplicable("it needs two unlike learners that agree on a row; only one was asked")
        if noise.low < LEAST_RATE or len(noise.suspects) < LEAST_SUSPECTS:
            return None
        rate = Rate(noise.rate, noise.low, noise.high)
        seen = (
            f"{len(noise.suspects):,} of {len(noise):,} labels look wrong to two unlike learners;"
            f" were they right throughout, {rate} of all labels would be wrong."
        )
        numbers = {"rate": rate.value, "low": rate.low, "high": rate.high, "suspects": float(len(noise.suspects))}
        rows = tuple(int(row) for row in noise.ids[noise.suspects[:MOST_ROWS]])
        return Finding(self.code, self.title, self.severity, seen, numbers, rows, self.answers)
