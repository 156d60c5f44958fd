"""M10: does the training jump instead of descending?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Finding, Severity
from naeum.diagnose.history import quarters, recorded, series
from naeum.diagnose.rates import percent
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

LEAST_POINTS = 8  # recorded losses: two a quarter
SPIKE = 3.0  # times the median of the losses before: chance of the batch gives seldom more than twice
WINDOW = 8  # losses before a point that its median is of
LEAST_SPIKES = 2  # one odd batch is not a learning rate
LEAST_JUMP = 0.5  # nats above that median: near zero loss, three times nothing is nothing
DIVERGED = 1.3  # mean loss of the last quarter against the lowest quarter: 30 % above it the descent was lost
LEAST_DROP = 0.02  # fall of the tune score from its early best: 2 points are more than evaluations jitter
EARLY = 0.5  # of the evaluations: a best one in the first half is early


@dataclass(frozen=True)
class LearningRateTooHigh:
    """Fires on a loss that is not finite, jumps or climbs, and on a tune score that fell from an early best."""

    code: ClassVar[str] = "M10"
    title: ClassVar[str] = "learning rate too high"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ("learning_rate", "schedule", "batch_size", "epochs", "averaging")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where the training descended.

        Raises:
            NotApplicable: there was no training in steps, or too little of it is recorded.
        """
        history = recorded(subject)
        loss, score = series(history, "loss"), series(history, "tune_score")
        broken = int((~np.isfinite(loss)).sum())
        if not broken and len(loss) < LEAST_POINTS:
            raise NotApplicable(f"it needs {LEAST_POINTS} recorded losses; there are {len(loss)}")
        said, numbers = [], {}
        if broken:
            said, numbers = [f"{broken} of {len(loss)} losses are infinite or not a number"], {"broken": float(broken)}
        else:
            for text, values in (_jumps(loss), _climbs(loss)):
                said += [text] if text else []
                numbers |= values
        text, values = _falls(score)
        said += [text] if text else []
        if not said:
            return None
        rate = series(history, "learning_rate")
        numbers |= values | ({"learning_rate": float(rate.max())} if len(rate) else {})
        at = f" at a learning rate of up to {rate.max():.2g}" if len(rate) else ""
        return Finding(self.code, self.title, self.severity, f"{'; '.join(said)}{at}.", numbers, (), self.answers)


def _jumps(loss: npt.NDArray[np.float64]) -> tuple[str, dict[str, float]]:
    before = np.asarray([np.median(loss[max(0, at - WINDOW) : at]) for at in range(2, len(loss))])
    spikes = int(((loss[2:] > SPIKE * before) & (loss[2:] > before + LEAST_JUMP)).sum())
    text = f"the loss jumped to {SPIKE:g} times its level or more {spikes} times" if spikes >= LEAST_SPIKES else ""
    return text, {"spikes": float(spikes)}


def _climbs(loss: npt.NDArray[np.float64]) -> tuple[str, dict[str, float]]:
    parts = quarters(loss)
    ratio = float(parts[-1] / max(parts.min(), 1e-12))
    climbed = ratio >= DIVERGED and parts[-1] - parts.min() > LEAST_JUMP * 0.1
    text = f"the loss climbed from {parts.min():.3g} to {parts[-1]:.3g}" if climbed else ""
    return text, {"climb": ratio}


def _falls(score: npt.NDArray[np.float64]) -> tuple[str, dict[str, float]]:
    if len(score) < 3 or not np.isfinite(score).all():
        return "", {}
    best = int(score.argmax())
    drop = float(score[best] - score[-1])
    early = best < EARLY * (len(score) - 1)
    text = f"the tune score fell by {percent(drop)} from its early best" if early and drop >= LEAST_DROP else ""
    return text, {"drop": drop}
