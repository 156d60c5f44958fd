"""M09: did the training end while the loss was still falling?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum.contract import Finding, Severity
from naeum.diagnose.history import quarters, recorded, series
from naeum.diagnose.rates import percent
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

STILL_FALLING = 0.05  # relative fall of the loss from the third to the last quarter: less is the flat end of a curve
LEAST_TUNE_POINTS = 4  # evaluations on tune: one a quarter
LEAST_POINTS = 12  # recorded batch losses: they are noisy, so each quarter averages three or more
PAST_BEST = (
    1.01  # last tune loss against the lowest: 1 % above it the model began to overfit, more steps would not help
)


@dataclass(frozen=True)
class NotConverged:
    """Fires where the loss (on tune where recorded) falls in the last quarter and is at its lowest at the end."""

    code: ClassVar[str] = "M09"
    title: ClassVar[str] = "not converged"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ("epochs", "learning_rate", "schedule", "batch_size")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where the loss has flattened.

        Raises:
            NotApplicable: there was no training in steps, or too little of it is recorded.
        """
        history = recorded(subject)
        tune, loss = series(history, "tune_loss"), series(history, "loss")
        on_tune = len(tune) >= LEAST_TUNE_POINTS
        values = tune if on_tune else loss
        if not on_tune and len(loss) < LEAST_POINTS:
            raise NotApplicable(
                f"it needs {LEAST_TUNE_POINTS} losses on tune or {LEAST_POINTS} of batches;"
                f" {len(tune)} and {len(loss)} are recorded"
            )
        if not np.isfinite(values).all():
            raise NotApplicable("the loss became infinite or not a number (see M10)")
        third, last = quarters(values)[2:]
        fall = float(1 - last / third) if third > 0 else 0.0
        overfits = len(tune) > 1 and tune[-1] > PAST_BEST * tune.min()
        if fall < STILL_FALLING or overfits:
            return None
        where = "tune rows" if on_tune else "fit batches"
        seen = (
            f"the loss on {where} fell by {percent(fall)} from the third to the last quarter of the training"
            f" ({third:.3g} to {last:.3g}) and was still falling when it ended."
        )
        numbers = {"fall": fall, "third_quarter": float(third), "last_quarter": float(last)}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
