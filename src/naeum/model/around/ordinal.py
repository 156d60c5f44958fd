"""How does a learner of classes learn that they stand in an order? By one question a step: is it above this one?

Any learner that gives probabilities learns, for each of the K - 1 steps, whether a row lies above it (Frank & Hall
2001; all rows answer every question, as Li & Lin 2007 put it). The chances are made to fall from step to step, and
their differences are the chances of the classes.

References:
    Frank & Hall 2001, "A simple approach to ordinal classification".
    Li & Lin 2007, "Ordinal regression by extended binary classification".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.claims import LABEL, claims

if TYPE_CHECKING:
    import pyarrow as pa

ABOVE = ("up to", "above")  # the classes of each question
LEAST = 1e-6  # probability of a class that two equal chances leave nothing: never a crash in a logarithm


@dataclass(frozen=True)
class Ordinal:
    """`inner` once for each step between classes in an order.

    Args:
        inner: a learner of two classes that gives probabilities.

    Raises:
        InputError: when fitting: the classes stand in no order.

    Example:
        >>> from pathlib import Path
        >>> from naeum.model.text.linear import TfidfLogistic
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import ordered
        >>> given = ordered.parts(60)
        >>> fitted = Ordinal(TfidfLogistic()).fit(given, TinyRun(Path()))
        >>> off = abs(fitted.predict(given.tune.rows).codes - given.tune.target)
        >>> bool(off.mean() < 0.5)
        True
    """

    inner: Any = None

    kind: ClassVar[str] = "ordinal"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = LABEL

    def claims(self, task: Task) -> bool:
        """Classes in an order, which the inner learner can answer two at a time."""
        return task.output == "label" and task.ordered and claims(self.inner, _question(task))

    def fit(self, parts: Parts, run: Run) -> Steps:
        """Fit the inner learner to each question."""
        task = parts.fit.task
        if not task.ordered or task.output != "label":
            raise InputError(
                f"an ordinal learner must be given classes in an order; {', '.join(task.classes[:5])} stand in none; "
                "say it with --ordered"
            )
        asked = range(len(task.classes) - 1)
        share = 1 / max(len(asked), 1)
        steps = tuple(run.fit(self.inner, Parts(*(above(one, at) for one in _of(parts))), share) for at in asked)
        return Steps(task, steps)


@dataclass(frozen=True, eq=False)
class Steps:
    """The predictors of all questions, the lowest step first."""

    task: Task
    steps: tuple[Predictor, ...]

    kind: ClassVar[str] = "ordinal_steps"
    version: ClassVar[int] = 1

    @property
    def members(self) -> tuple[Predictor, ...]:
        """The predictors, whose answers `combine` takes."""
        return self.steps

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) log-probabilities."""
        return self.combine([step.predict(rows) for step in self.steps])

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the questions were answered, as chances of the classes."""
        return Outputs(self.task, between([one.probabilities[:, 1] for one in answers]))

    def state(self) -> State:
        """The predictors, by their step."""
        return State(children={f"{at:04d}": step for at, step in enumerate(self.steps)})

    @classmethod
    def restore(cls, task: Task, state: State) -> Steps:
        """Read back."""
        return cls(task, tuple(state.children[name] for name in sorted(state.children)))

    def decided(self, learner: Ordinal) -> Ordinal:
        """The inner learner as the middle question decided it: one recipe for all steps."""
        return replace(learner, inner=self.steps[len(self.steps) // 2].decided(learner.inner))


def above(data: Dataset, step: int) -> Dataset:
    """The rows with the question whether their class lies above `step`; soft targets are summed on either side.

    Example:
        >>> from naeum.testing.worlds import ordered
        >>> data = ordered.parts(6).fit
        >>> data.target.tolist(), above(data, 0).target.tolist()
        ([0, 1, 2, 0, 1, 2], [0, 1, 1, 0, 1, 1])
    """
    target = np.where(data.target < 0, -1, (data.target > step).astype(np.int64))
    soft = None
    if data.soft is not None:
        parts = (data.soft[:, : step + 1].sum(axis=1), data.soft[:, step + 1 :].sum(axis=1))
        soft = np.stack(parts, axis=1).astype(np.float32)
    return replace(data, task=_question(data.task), target=target, soft=soft, key=f"{data.key}/above.{step}")


def between(chances: Sequence[Floats]) -> Floats:
    """(rows, classes) log-probabilities from the chances (rows,) of lying above each step.

    Example:
        >>> np.exp(between([np.float32([0.9]), np.float32([0.4])])).round(2).tolist()
        [[0.10000000149011612, 0.5, 0.4000000059604645]]
    """
    falling = np.minimum.accumulate(np.stack([np.asarray(one, np.float64) for one in chances], axis=1), axis=1)
    ends = np.ones((len(falling), 1)), np.zeros((len(falling), 1))
    told = np.maximum(-np.diff(np.concatenate([ends[0], falling, ends[1]], axis=1), axis=1), LEAST)
    return np.asarray(np.log(told / told.sum(axis=1, keepdims=True)), np.float32)


def _question(task: Task) -> Task:
    return replace(task, classes=ABOVE, ordered=False, positive=None, metric="log_loss")


def _of(parts: Parts) -> tuple[Dataset, Dataset]:
    return parts.fit, parts.tune
