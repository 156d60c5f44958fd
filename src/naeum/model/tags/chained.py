"""What if each tag also depends on the one before it, whatever learner answers the words?

The inner learner's log-probabilities become the emissions of a linear chain: scaled by one number, with a score for
each transition and each first tag, all found on held-out rows by maximum likelihood with a Gaussian prior around "as
the inner learner says". The answers are the chain's log-marginals, so chained learners blend as any others.

Source: Lample et al. 2016, "Neural architectures for named entity recognition" (a chain over a network's scores).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.extras import need
from naeum.measure.words import tag_codes
from naeum.model.around.one import AroundOne
from naeum.model.around.weights import log_probabilities
from naeum.model.tags.chain import Chain, Doubles, log_marginals, slope

PULL = 1.0  # precision of the prior: a transition needs a few sentences that show it
STEPS = 100  # of L-BFGS, for some two hundred numbers
FAINTEST, SHARPEST = 0.1, 5.0  # scales of the emissions


@dataclass(frozen=True)
class Chained:
    """`inner` with transitions between tags.

    Args:
        inner: a learner of tags.
        numbers: the scale, the scores of first tags, the scores of transitions, row by row; empty: found on held-out
            rows, and as the inner learner says where there are none.

    Raises:
        InputError: the numbers are not as many as the classes ask.
    """

    inner: Any = None
    numbers: tuple[float, ...] = ()

    kind: ClassVar[str] = "chained"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})

    def fit(self, parts: Parts, run: Run) -> Links:
        """Fit the inner learner; find the transitions on held-out rows unless they are given."""
        classes = len(parts.fit.task.classes)
        numbers = np.array(self.numbers) if self.numbers else _plain(classes)
        if len(numbers) != len(_plain(classes)):
            raise InputError(
                f"the numbers of a chain must be {len(_plain(classes))} for {classes} tags; got {len(numbers)}; leave "
                "them out to have them found"
            )
        if not self.numbers and len(parts.tune):
            outputs, data = run.held_out(self.inner, parts)
            numbers = found(outputs, data)
        return Links(run.fit(self.inner, parts), numbers)


@dataclass(frozen=True, eq=False)
class Links(AroundOne):
    """A predictor of tags with transitions."""

    numbers: Doubles

    kind: ClassVar[str] = "chained"
    version: ClassVar[int] = 1

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the inner predictor answered, chained."""
        scale, chain = parted(self.numbers)
        offsets = answers[0].offsets
        if offsets is None:
            raise InputError("a chain must be given tags of words; got one answer a row; choose a learner of tags")
        scores = log_marginals(scale * log_probabilities(answers[0]), chain, offsets)
        return replace(answers[0], scores=np.asarray(scores, np.float32), link="softmax")

    def state(self) -> State:
        """The numbers beside the inner predictor."""
        return State(arrays={"numbers": self.numbers}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Links:
        """Read back."""
        return cls(state.children["inner"], np.asarray(state.arrays["numbers"], np.float64))

    def decided(self, learner: Chained) -> Chained:
        """The inner learner decided, and the numbers written down."""
        return replace(learner, inner=self.inner.decided(learner.inner), numbers=tuple(self.numbers.tolist()))


def found(outputs: Outputs, data: Dataset) -> Doubles:
    """The numbers under which the true tags of `data` are most probable; plain ones where no row has tags."""
    optimize = need("scipy.optimize", "a chain of tags")
    codes, offsets = tag_codes(data)
    lengths = np.diff(offsets)
    tagged = np.flatnonzero((data.target >= 0) & (lengths > 0) & (data.weight > 0))
    plain = _plain(len(data.task.classes))
    if not len(tagged):
        return plain
    chosen = outputs.take(tagged)
    kept = codes[np.repeat(sets.isin(np.arange(len(data)), tagged), lengths)]
    emissions, weight = log_probabilities(chosen), data.weight[tagged].astype(np.float64)
    ends = np.concatenate([[0], np.cumsum(lengths[tagged])])

    def loss(numbers: Doubles) -> tuple[float, Doubles]:
        scale, chain = parted(numbers)
        told = slope(scale * emissions, chain, ends, kept, weight)
        away = numbers - plain
        slopes = np.concatenate([[(told.emissions * emissions).sum()], told.first, told.step.ravel()])
        return told.loss + 0.5 * PULL * float(away @ away), slopes + PULL * away

    bounds = [(FAINTEST, SHARPEST), *[(None, None)] * (len(plain) - 1)]
    best = optimize.minimize(loss, plain, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    return np.asarray(best.x, np.float64)


def parted(numbers: Doubles) -> tuple[float, Chain]:
    """The scale of emissions, and the chain.

    Example:
        >>> scale, chain = parted(np.array([1.0, 0.1, 0.2, 1, 2, 3, 4]))
        >>> scale, chain.first.tolist(), chain.step.tolist()
        (1.0, [0.1, 0.2], [[1.0, 2.0], [3.0, 4.0]])
    """
    classes = round((np.sqrt(4 * len(numbers) - 3) - 1) / 2)  # 1 + classes + classes²
    return float(numbers[0]), Chain(numbers[classes + 1 :].reshape(classes, classes), numbers[1 : classes + 1])


def _plain(classes: int) -> Doubles:
    """As the inner learner says."""
    return np.concatenate([[1.0], np.zeros(classes + classes**2)])
