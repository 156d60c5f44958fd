"""How sure may the model be? One temperature, so that its confidence is a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum.contract import Outputs, Parts, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.around.one import AroundOne
from naeum.model.around.weights import log_probabilities, temperature


@dataclass(frozen=True)
class Calibrated:
    """`inner` with its log-probabilities divided by a temperature; no answer changes, only how sure it is.

    Args:
        inner: the learner.
        temperature: 0: the one with the least log loss on held-out rows.

    Raises:
        InputError: the temperature is negative.

    References:
        Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks".
    """

    inner: Any = None
    temperature: float = 0.0

    kind: ClassVar[str] = "calibrated"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})

    def __post_init__(self) -> None:
        if self.temperature < 0:
            raise InputError(
                f"a temperature must be 0 or more; got {self.temperature}; leave it out to have it decided"
            )

    def fit(self, parts: Parts, run: Run) -> Cooled:
        """Fit the inner learner; find its temperature on held-out rows unless it is given."""
        found = self.temperature
        if not found:
            found = 1.0
            if len(parts.tune):
                outputs, data = run.held_out(self.inner, parts)
                found = temperature(log_probabilities(outputs), data)
        return Cooled(run.fit(self.inner, parts), found)


@dataclass(frozen=True, eq=False)
class Cooled(AroundOne):
    """A predictor with its temperature."""

    temperature: float

    kind: ClassVar[str] = "calibrated"
    version: ClassVar[int] = 1

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the inner predictor answered, cooled."""
        return Outputs(self.task, np.asarray(log_probabilities(answers[0]) / self.temperature, np.float32))

    def state(self) -> State:
        """The temperature beside the inner predictor."""
        return State({"temperature": self.temperature}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Cooled:
        """Read back."""
        return cls(state.children["inner"], float(state.settings["temperature"]))

    def decided(self, learner: Calibrated) -> Calibrated:
        """The inner learner decided, and the temperature written down."""
        return replace(learner, inner=self.inner.decided(learner.inner), temperature=self.temperature)
