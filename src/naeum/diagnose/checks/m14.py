"""M14: is the metric too coarse on so few rows to tell the rungs apart?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, OutputKind, Severity
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable
from naeum.measure import Paired, bootstrap, metric, paired

LEAST_RUNGS = 2  # beside this one and the floor: one comparison may be near by chance
NEWEST = 6  # rungs that are compared: each costs a bootstrap of two metrics
# A metric of the same answers that moves with every row and not only where an answer turns.
FINER: Mapping[OutputKind, str] = {"label": "log_loss", "labels": "log_loss", "tags": "log_loss", "number": "mae"}


@dataclass(frozen=True)
class MetricTooCoarse:
    """Fires where the interval of the score is wider than every gain over the other rungs, and none of them is sure."""

    code: ClassVar[str] = "M14"
    title: ClassVar[str] = "the metric is too coarse for so few rows"
    severity: ClassVar[Severity] = "tip"
    answers: ClassVar[tuple[str, ...]] = ()  # more rows or another metric are the user's to choose

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where some rung can be told from this one.

        Raises:
            NotApplicable: answers are missing, or fewer than two other rungs were fitted.
        """
        outputs, tune = subject.answered(any_output=True)
        others = [answers for number, answers in sorted(subject.rung_outputs.items()) if number]  # 0 is the floor
        if len(others) < LEAST_RUNGS:
            raise NotApplicable(f"it needs {LEAST_RUNGS} other rungs above the floor; there are {len(others)}")
        measure, newest = metric(subject.metric_name), others[-NEWEST:]
        gains = [paired(measure, outputs, other, tune, seed=subject.seed) for other in newest]
        score = bootstrap(measure, outputs, tune, seed=subject.seed)
        width, widest = score.high - score.low, max(abs(each.gain) for each in gains)
        if any(_sure(each) for each in gains) or width <= widest:
            return None
        rows = int((tune.target >= 0).sum())
        seen = (
            f"{measure.title} is {score.value:.3f} ({score.low:.3f} to {score.high:.3f}) on {rows:,} tune rows: that "
            f"interval is {width:.3f} wide, and the widest gain over {len(newest)} other rungs is {widest:.3f}, none "
            f"of them sure"
        )
        told = 0
        finer = FINER.get(subject.task.output)
        if finer is not None and finer != measure.name:
            compared = [paired(metric(finer), outputs, other, tune, seed=subject.seed) for other in newest]
            told = sum(_sure(each) for each in compared)
            seen += f"; {metric(finer).title} tells {told} of them from this one"
        numbers = {"score": score.value, "low": score.low, "high": score.high, "widest": widest, "told": float(told)}
        return Finding(self.code, self.title, self.severity, f"{seen}.", numbers, (), self.answers)


def _sure(gain: Paired) -> bool:
    """Whether a paired interval leaves 0 out."""
    return gain.low > 0 or gain.high < 0
