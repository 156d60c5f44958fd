"""Can a quick model answer the easy rows, and a careful one the rest?

The quick model answers where it is sure enough. How sure that is, is chosen on held-out rows: as low as the accuracy
allows that may be lost against the careful model alone.

References:
    Viola & Jones 2001, "Rapid object detection using a boosted cascade of simple features".
    Chen, Zaharia & Zou 2023, "FrugalGPT: how to use large language models while reducing cost".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, InputKind, Outputs, Parts, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.around.weights import log_probabilities
from naeum.model.claims import ALL

if TYPE_CHECKING:
    import pyarrow as pa

NEVER = 2.0  # a threshold that no probability reaches: the careful model answers every row
NORMAL_95 = 1.96  # standard errors on either side of a mean that hold it with 95 % probability
NAMES = ("quick", "careful")  # of the members in a store
LEAST_ROWS = 50  # held-out rows below which no threshold is believed


@dataclass(frozen=True)
class Cascade:
    """`quick` answers where its probability reaches a threshold, `careful` the other rows.

    Args:
        quick: a learner whose model takes little time.
        careful: the learner that is to be spared work.
        max_loss: most accuracy that may be lost on held-out rows against `careful` alone, in points of one.
        threshold: the probability from which the quick model answers; 0: chosen on held-out rows.

    Raises:
        InputError: a number is negative.
    """

    quick: Any
    careful: Any
    max_loss: float = 0.003
    threshold: float = 0.0

    kind: ClassVar[str] = "cascade"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if self.max_loss < 0 or self.threshold < 0:
            raise InputError(
                f"max_loss and threshold of a cascade must be 0 or more; got {self.max_loss:g} and "
                f"{self.threshold:g}; 0.003 is three rows of a thousand"
            )

    def fit(self, parts: Parts, run: Run) -> Cascading:
        """Fit both; choose the threshold on held-out rows unless it is given."""
        told = Told(self.threshold) if self.threshold else Told(NEVER)
        if not self.threshold and len(parts.tune):
            quick, data = run.held_out(self.quick, parts)
            careful, _ = run.held_out(self.careful, parts)
            told = chosen(quick, careful, data, self.max_loss)
        fitted = run.fit(self.quick, parts, share=0.5), run.fit(self.careful, parts)
        return Cascading(parts.fit.task, fitted, told)


@dataclass(frozen=True)
class Told:
    """The threshold, and what it did on held-out rows."""

    threshold: float
    rows: int = 0  # that were held out
    share: float = 0.0  # of them that the quick model answers
    loss: float = 0.0  # accuracy of the careful model alone less that of the cascade
    low: float = 0.0  # 95 % interval of the loss
    high: float = 0.0


@dataclass(frozen=True, eq=False)
class Cascading:
    """Both models with the threshold."""

    task: Task
    members: tuple[Predictor, Predictor]  # the quick model and the careful one
    told: Told

    kind: ClassVar[str] = "cascade"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) log-probabilities of whichever model answers a row; the careful one sees the others alone."""
        quick, careful = self.members
        scores = log_probabilities(quick.predict(rows))
        unsure = np.flatnonzero(~self._sure(scores))
        if len(unsure):
            scores[unsure] = log_probabilities(careful.predict(rows.take(unsure)))
        return Outputs(self.task, np.asarray(scores, np.float32))

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """The same of what both answered to all rows."""
        quick, careful = (log_probabilities(outputs) for outputs in answers)
        return Outputs(self.task, np.asarray(np.where(self._sure(quick)[:, None], quick, careful), np.float32))

    def _sure(self, scores: Any) -> Any:
        return np.exp(scores.max(axis=1)) >= self.told.threshold

    def state(self) -> State:
        """The threshold beside both models."""
        return State(dict(self.told.__dict__), children=dict(zip(NAMES, self.members, strict=True)))

    @classmethod
    def restore(cls, task: Task, state: State) -> Cascading:
        """Read back."""
        return cls(task, (state.children[NAMES[0]], state.children[NAMES[1]]), Told(**state.settings))

    def decided(self, learner: Any) -> Any:
        """Both learners decided, and the threshold written down."""
        if learner.kind != Cascade.kind:
            return learner
        return replace(
            learner,
            quick=self.members[0].decided(learner.quick),
            careful=self.members[1].decided(learner.careful),
            threshold=self.told.threshold,
        )


def chosen(quick: Outputs, careful: Outputs, data: Dataset, max_loss: float) -> Told:
    """The lowest threshold whose cascade loses at most `max_loss` of accuracy against `careful` on labelled rows.

    Args:
        quick, careful: answers of both to the rows of `data`.
        data: held-out rows; each counts by its weight.
        max_loss: in points of one.

    Example:
        >>> from naeum.testing.data import dataset
        >>> task = Task(classes=("a", "b"))
        >>> data = dataset(["x"] * 60, [0] * 60, task)
        >>> right, wrong = np.log([0.9, 0.1]), np.log([0.4, 0.6])
        >>> quick = Outputs(task, np.array([right] * 45 + [wrong] * 15, np.float32))
        >>> careful = Outputs(task, np.array([right] * 60, np.float32))
        >>> told = chosen(quick, careful, data, 0.0)
        >>> told.share, told.loss, round(told.threshold, 2)
        (0.75, 0.0, 0.75)
    """
    known = (data.target >= 0) & (data.weight > 0)
    if int(known.sum()) < LEAST_ROWS:
        return Told(NEVER, int(known.sum()))
    scores, weight = log_probabilities(quick)[known], data.weight[known].astype(np.float64)
    sure, target = np.exp(scores.max(axis=1).astype(np.float64)), data.target[known]
    right, right_quick = (codes[known] == target for codes in (careful.codes, quick.codes))
    order = np.argsort(-sure, kind="stable")
    lost = ((right.astype(int) - right_quick) * weight)[order]  # of each row, if the quick model answers it
    sums = np.cumsum(lost) / weight.sum()
    ends = np.append(sure[order][1:] < sure[order][:-1], True)  # a threshold stands between unlike probabilities
    holding = np.flatnonzero(ends & (sums <= max_loss))
    if not len(holding):
        return Told(NEVER, len(sure))
    last = int(holding[-1])
    following = sure[order][last + 1] if last + 1 < len(sure) else 0.0
    each = np.where(np.arange(len(lost)) <= last, lost, 0.0) * len(lost) / weight.sum()
    spread = NORMAL_95 * float(each.std() / np.sqrt(len(each)))
    share = float(weight[order][: last + 1].sum() / weight.sum())
    loss = float(sums[last])
    return Told(float((sure[order][last] + following) / 2), len(sure), share, loss, loss - spread, loss + spread)
