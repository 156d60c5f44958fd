"""M11: do the probabilities still not mean what they say?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum.contract import Finding, Severity
from naeum.diagnose.mistakes import surest_mistakes
from naeum.diagnose.rates import percent
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable
from naeum.measure import Reliability, bootstrap, metric, reliability

LEAST_ECE = 0.03  # mean distance of confidence from accuracy: 3 points are what a threshold user would notice
LEAST_ROWS = 200  # tune rows: with fewer the error of perfect probabilities, too, is above 3 points
DRAWS = 2000  # draws for what perfect probabilities would show
QUANTILE = 0.95  # of those draws: chance alone stays below it 19 times in 20


@dataclass(frozen=True)
class Miscalibrated:
    """Fires where the calibration error is material and above what perfect probabilities would show by chance."""

    code: ClassVar[str] = "M11"
    title: ClassVar[str] = "miscalibrated"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("calibrate", "label_smoothing", "blend")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where confidence is near accuracy.

        Raises:
            NotApplicable: the answers carry no probabilities, or there are too few tune rows.
        """
        outputs, tune = subject.answered()
        rows = int((tune.target >= 0).sum())
        if outputs.link == "identity":
            raise NotApplicable("it is for answers with probabilities; these have none")
        if rows < LEAST_ROWS:
            raise NotApplicable(f"it needs {LEAST_ROWS} labelled tune rows; there are {rows}")
        read = reliability(outputs, tune)
        by_chance = chance_error(read, seed=subject.seed)
        if read.error < LEAST_ECE or read.error <= by_chance:
            return None
        ends = bootstrap(metric("ece"), outputs, tune, seed=subject.seed)
        way = "too sure" if read.overconfidence > 0 else "too unsure"
        seen = (
            f"confidence is {percent(read.error)} ({percent(ends.low)} to {percent(ends.high)}) away from accuracy on"
            f" {rows:,} tune rows, on the whole {way}; perfect probabilities would show up to {percent(by_chance)}."
        )
        numbers = {"error": read.error, "low": ends.low, "high": ends.high, "by_chance": by_chance}
        numbers["overconfidence"] = read.overconfidence
        shown = surest_mistakes(outputs, tune)
        return Finding(self.code, self.title, self.severity, seen, numbers, shown, self.answers)


def chance_error(read: Reliability, *, seed: int) -> float:
    """The calibration error that perfect probabilities reach by chance (its QUANTILE).

    Right answers of each bin are drawn with the bin's confidence; a row's own confidence would spread them less.

    References:
        Bröcker & Smith 2007, "Increasing the reliability of reliability diagrams" (consistency resampling).
    """
    rng = np.random.default_rng(seed)
    sure = np.clip(read.confidence, 0.0, 1.0)
    drawn = rng.binomial(read.rows, sure, size=(DRAWS, len(sure))) / read.rows  # (draws, bins)
    return float(np.quantile(np.abs(drawn - sure) @ read.weight, QUANTILE))
