"""M04: are small classes answered worse because they are small?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum.contract import Finding, Ids, Ints, Severity
from naeum.diagnose.mistakes import ROWS_SHOWN, surest_mistakes
from naeum.diagnose.rates import Bools, minus, percent, share
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

SMALL_SHARE = 0.5  # of the average class: with half the rows a class weighs half in the loss
LEAST_GAP = 0.05  # of recall between the other and the small classes: less is seldom worth a trade
LEAST_ROWS = 10  # tune rows of small classes (and of others): with fewer a recall is not known to ±30 points


@dataclass(frozen=True)
class Imbalance:
    """Fires where classes of few fit rows have a lower recall than the others on tune."""

    code: ClassVar[str] = "M04"
    title: ClassVar[str] = "imbalance"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ("class_weights", "logit_adjustment", "focal", "augment")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where no class is small or the small ones are answered as well.

        Raises:
            NotApplicable: answers are missing, or too few tune rows are of small classes.
        """
        outputs, tune = subject.answered()
        counts = np.bincount(subject.fit.target[subject.fit.target >= 0], minlength=len(subject.task.classes))
        small = counts < SMALL_SHARE * counts.mean()
        if not small.any():
            return None
        known = tune.target >= 0
        truth, right = tune.target[known], outputs.codes[known] == tune.target[known]
        of_small = small[truth]
        if min(of_small.sum(), (~of_small).sum()) < LEAST_ROWS:
            raise NotApplicable(
                f"recall needs {LEAST_ROWS} tune rows of small classes and of others;"
                f" there are {of_small.sum()} and {(~of_small).sum()}"
            )
        recall, other = share(right[of_small]), share(right[~of_small])
        gap = minus(other, recall)
        if gap.value < LEAST_GAP or gap.low <= 0:
            return None
        seen = (
            f"{small.sum()} of {len(counts)} classes are small ({counts[small].min():,} to {counts[small].max():,}"
            f" rows; the largest has {counts.max():,}), and {recall} of their tune rows are found against {other}"
            f" of the others{_worst(subject, truth, right, small)}."
        )
        numbers = {
            "small_classes": float(small.sum()),
            "ratio": float(counts.max() / max(counts.min(), 1)),
            "recall_small": recall.value,
            "recall_others": other.value,
            "gap": gap.value,
            "low": gap.low,
            "high": gap.high,
        }
        missed = surest_mistakes(outputs, tune, count=len(tune))
        rows = _of_classes(missed, tune.ids, tune.target, small)
        return Finding(self.code, self.title, self.severity, seen, numbers, rows, self.answers)


def _worst(subject: Subject, truth: Ints, right: Bools, small: Bools) -> str:
    there = [code for code in np.flatnonzero(small) if (truth == code).any()]
    worst = min(there, key=lambda code: (right[truth == code].mean(), code))
    return f"; the worst is {subject.task.classes[worst]!r} with {percent(float(right[truth == worst].mean()))}"


def _of_classes(missed: tuple[int, ...], ids: Ids, target: Ints, small: Bools) -> tuple[int, ...]:
    codes = dict(zip(ids.tolist(), target.tolist(), strict=True))
    return tuple(row for row in missed if small[codes[row]])[:ROWS_SHOWN]
