"""Between which ends does a number lie? Between those that held nine times in ten on rows that were not learned from.

Split conformal prediction (Lei, G'Sell, Rinaldo, Tibshirani & Wasserman 2018, "Distribution-free predictive inference
for regression"): the interval is the answer plus and minus the quantile of the distances on n held-out rows whose rank
is 0.9 (n + 1), rounded up. It holds the truth with at least 90 % probability for a new row of the same source, whatever
the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import InputKind, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.around.one import AroundOne
from naeum.model.claims import ALL

HELD = 0.9  # probability with which the interval holds the number
UNDECIDED = -1.0


@dataclass(frozen=True)
class Conformal:
    """`inner`, a learner of numbers, with an interval around each answer that holds nine in ten.

    Args:
        inner: the learner.
        reach: half the length of the interval, in units of the number; -1: from the distances on held-out rows. Where
            there are none the inner learner's own interval stays.

    Raises:
        InputError: the reach is negative and not -1.
    """

    inner: Any = None
    reach: float = UNDECIDED

    kind: ClassVar[str] = "conformal"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"number"})
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if self.reach < 0 and self.reach != UNDECIDED:
            raise InputError(f"reach must be 0 or more; got {self.reach}; leave it out to have it decided")

    def fit(self, parts: Parts, run: Run) -> WithEnds:
        """Fit the inner learner; take the distances of its answers on held-out rows unless the reach is given."""
        found = self.reach
        if found == UNDECIDED and (parts.tune.target >= 0).any():
            outputs, data = run.held_out(self.inner, parts)
            known = data.target >= 0
            truth = np.asarray(data.truth.to_numpy(), np.float64)[known]
            found = reach(np.abs(truth - outputs.scores[known, 0]), np.asarray(data.weight, np.float64)[known])
        return WithEnds(run.fit(self.inner, parts), found)


@dataclass(frozen=True, eq=False)
class WithEnds(AroundOne):
    """A predictor of numbers and how far they may lie from its answers."""

    reach: float

    kind: ClassVar[str] = "conformal"
    version: ClassVar[int] = 1

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the inner predictor answered, with ends."""
        if self.reach == UNDECIDED:
            return answers[0]
        scores = answers[0].scores
        ends = np.concatenate([scores - self.reach, scores + self.reach], axis=1)
        return replace(answers[0], quantiles=np.asarray(ends, np.float32))

    def state(self) -> State:
        """The reach beside the inner predictor."""
        return State({"reach": self.reach}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> WithEnds:
        """Read back."""
        return cls(state.children["inner"], float(state.settings["reach"]))

    def decided(self, learner: Conformal) -> Conformal:
        """The inner learner decided, and the reach written down."""
        return replace(learner, inner=self.inner.decided(learner.inner), reach=self.reach)


def reach(distances: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    """The distance that the next one stays below with probability HELD; the greatest one where they are too few.

    Example:
        >>> reach(np.arange(1.0, 20.0), np.ones(19)), reach(np.array([1.0, 5.0]), np.ones(2))
        (18.0, 5.0)
    """
    counted = weights > 0
    order = np.argsort(distances[counted], kind="stable")
    sizes = np.cumsum(weights[counted][order])
    if not len(sizes):
        return UNDECIDED
    # The next row counts as much as the mean one: with equal weights this is rank 0.9 (n + 1), rounded up.
    wanted = HELD * (sizes[-1] + sizes[-1] / len(sizes))
    place = min(int(np.searchsorted(sizes, wanted - 1e-9 * wanted)), len(sizes) - 1)
    return float(distances[counted][order][place])
