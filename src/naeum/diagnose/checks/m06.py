"""M06: is the model better than always answering the most frequent class?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.mistakes import surest_mistakes
from naeum.diagnose.subject import Subject
from naeum.diagnose.wording import FLOORS
from naeum.errors import NotApplicable
from naeum.measure import metric, paired

LEAST_ROWS = 30  # tune rows: with fewer a useful model, too, is often not told from the floor
FLOOR_KIND = "majority"  # kind of the learner that is the floor itself


@dataclass(frozen=True)
class NoBetterThanFloor:
    """Fires where the paired interval of the gain over the most frequent class holds 0."""

    code: ClassVar[str] = "M06"
    title: ClassVar[str] = "no better than the floor"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = (
        "base",
        "learning_rate",
        "epochs",
        "class_weights",
        "regularization",
        "ngrams",
    )

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where the gain is surely above 0.

        Raises:
            NotApplicable: this is the floor, its answers are missing, or there are too few tune rows.
        """
        outputs, tune = subject.answered(any_output=True)
        if getattr(subject.learner, "kind", "") == FLOOR_KIND:
            raise NotApplicable("this rung is the floor itself")
        if subject.floor_outputs is None:
            raise NotApplicable("it needs the floor's answers to the tune rows; there are none")
        rows = int((tune.target >= 0).sum())
        if rows < LEAST_ROWS:
            raise NotApplicable(f"it needs {LEAST_ROWS} labelled tune rows; there are {rows}")
        measure = metric(subject.metric_name)
        gain = paired(measure, outputs, subject.floor_outputs, tune, seed=subject.seed)
        if gain.low > 0:
            return None
        score, floor = measure.score(outputs, tune), measure.score(subject.floor_outputs, tune)
        floor_name = FLOORS[subject.task.output]
        seen = (
            f"{measure.title} is {score:.3f} on {rows:,} tune rows and that of always answering {floor_name}"
            f" is {floor:.3f}: a gain of {gain.gain:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
            " cannot be told from none."
        )
        numbers = {"score": score, "floor": floor, "gain": gain.gain, "low": gain.low, "high": gain.high}
        shown = surest_mistakes(outputs, tune)
        return Finding(self.code, self.title, self.severity, seen, numbers, shown, self.answers)
