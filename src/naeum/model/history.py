"""What does a predictor know of its own training, and at which epoch does its recipe stop when it is fitted again?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from naeum.train.job import Moment


class WithHistory:
    """For predictors that were trained step by step: dataclasses with these three fields."""

    history: tuple[Moment, ...]
    best_epochs: float  # at which its weights stood
    complete: bool  # whether no deadline cut the training short

    def decided(self, learner: Any) -> Any:
        """The recipe that stops, on the same schedule, where tune said the weights were best."""
        if not learner.patience:
            return learner
        course = replace(learner.optimization.course, stop_after=self.best_epochs)
        return replace(learner, patience=0, optimization=replace(learner.optimization, course=course))

    def training(self) -> dict[str, Any]:
        """What a stored predictor says of its training, JSON-able."""
        return {
            "history": [dict(moment) for moment in self.history],
            "best_epochs": self.best_epochs,
            "complete": self.complete,
        }
