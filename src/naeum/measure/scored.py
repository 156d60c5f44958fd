"""What does a metric look at, and what is a metric?

A `Scored` holds the labelled rows of a data set beside the answers to them; there is one form of it for each kind of
answer (see judged.py). A `Metric` is a name and a function of a `Scored` and of row weights, several sets of weights at
once: so a bootstrap is one call, without a loop over rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Ints, OutputKind, Outputs, Task
from naeum.errors import InputError

Doubles = npt.NDArray[np.float64]
Needs = Literal["labels", "probabilities"]


class Judged(Protocol):
    """What every form of scored rows has."""

    @property
    def task(self) -> Task: ...
    @property
    def weight(self) -> Doubles: ...  # (rows,)
    @property
    def group(self) -> Ints: ...  # (rows,)
    @property
    def right(self) -> Doubles: ...  # (rows,) 1.0 where the whole answer is right, else 0.0
    @property
    def errors(self) -> Doubles: ...  # (rows,) how wrong the answer is: 0 faultless, about 1 as wrong as the floor
    def __len__(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Scored:
    """Rows with one label each and the answers to them. All arrays have one entry a row."""

    task: Task
    truth: Ints  # codes into task.classes
    predicted: Ints
    probabilities: Doubles  # (rows, classes)
    weight: Doubles
    group: Ints

    def __len__(self) -> int:
        return len(self.truth)

    @cached_property
    def right(self) -> Doubles:
        """1.0 where the answer is the truth, else 0.0."""
        return np.asarray(self.truth == self.predicted, np.float64)

    @cached_property
    def errors(self) -> Doubles:
        """1.0 where the answer is wrong, else 0.0."""
        return 1.0 - self.right

    @cached_property
    def confidence(self) -> Doubles:
        """Probability of the answer that was given."""
        return np.asarray(self.probabilities[np.arange(len(self)), self.predicted])

    @property
    def classes(self) -> int:
        return len(self.task.classes)

    @property
    def positive(self) -> int | None:
        """Column of the positive class: the named one, else the second of two; None with more classes and no name."""
        if self.task.positive is not None:
            if self.task.positive not in self.task.classes:
                raise InputError(
                    f"the positive class must be one of the classes; got {self.task.positive!r}; "
                    f"name one of {', '.join(self.task.classes[:5])}"
                )
            return self.task.classes.index(self.task.positive)
        return 1 if self.classes == 2 else None

    @classmethod
    def of(cls, outputs: Outputs, dataset: Dataset) -> Scored:
        """The labelled rows of `dataset` with their answers; unlabelled rows are left out.

        Raises:
            InputError: the answers do not belong to the rows, hold NaN, or no row is labelled.
        """
        if dataset.task.output != "label" or outputs.offsets is not None:
            raise InputError(
                f"these metrics must be given one label a row; got the output {dataset.task.output!r}; "
                "choose another metric"
            )
        labelled = comparable(outputs, dataset)
        scores = np.asarray(outputs.scores, np.float64)[labelled]
        return cls(
            task=dataset.task,
            truth=dataset.target[labelled],
            predicted=outputs.codes[labelled],
            probabilities=_probabilities(scores, outputs.link),
            weight=np.asarray(dataset.weight, np.float64)[labelled],
            group=dataset.group[labelled],
        )


@dataclass(frozen=True)
class Metric:
    """A way to judge answers.

    `function(scored, weights)` takes weights of shape (sets, rows) and gives one value a set of weights, NaN where the
    metric is not defined. `score` is in natural units: log loss in nats, accuracy in 0 to 1.
    """

    name: str
    title: str
    sign: Literal[1, -1]  # +1: higher is better, -1: lower is
    function: Callable[[Any, Doubles], Doubles]
    needs: Needs = "labels"
    perfect: float = 1.0  # the value of faultless answers
    per_class: bool = False  # whether every class needs its own pass over the rows: then a bootstrap is dear
    weighted: bool = True  # False: knows whole copies of rows only, so row weights are left out
    outputs: frozenset[OutputKind] = frozenset({"label"})  # kinds of answers that it can judge
    ordered: bool = False  # of classes only where they stand in an order

    def weights(self, scored: Judged) -> Doubles:
        """(rows,): the weights this metric counts the rows with."""
        return scored.weight if self.weighted else np.ones(len(scored))

    def of(self, scored: Judged) -> float:
        """The value over all scored rows."""
        return float(self.function(scored, self.weights(scored)[None])[0])

    def score(self, outputs: Outputs, dataset: Dataset) -> float:
        """The value over the labelled rows of `dataset`, in natural units.

        Raises:
            InputError: the answers do not belong to the rows, or no row is labelled.
        """
        from naeum.measure.judged import judged

        return self.of(judged(outputs, dataset, self))

    def error(self, value: float) -> float:
        """How far `value` is from faultless, 0 or more: what a gain is measured relative to."""
        return max(self.sign * (self.perfect - value), 0.0)


def ratio(above: Doubles, below: Doubles, empty: float) -> Doubles:
    """above / below, and `empty` where below is 0."""
    filled = np.full(np.broadcast_shapes(above.shape, below.shape), empty)
    return np.asarray(np.divide(above, below, out=filled, where=below != 0), np.float64)


def mean(statistic: Doubles, weights: Doubles) -> Doubles:
    """(sets,): weighted means of a (rows,) statistic; NaN where all weights of a set are 0."""
    return ratio(weights @ statistic, weights.sum(axis=1), np.nan)


def comparable(outputs: Outputs, dataset: Dataset) -> Ints:
    """Positions of the labelled rows.

    Raises:
        InputError: the answers do not belong to the rows, hold NaN, or no row is labelled or weighs anything.
    """
    if len(outputs) != len(dataset):
        raise InputError(
            f"there must be one answer a row; got {len(outputs)} answers to {len(dataset)} rows; predict the same rows"
        )
    if outputs.task.classes != dataset.task.classes:
        raise InputError(
            f"answers and rows must have the same classes in the same order; got {len(outputs.task.classes)} and "
            f"{len(dataset.task.classes)} classes that differ; predict with a model of this task"
        )
    if np.isnan(outputs.scores).any():
        raise InputError("every score must be a number; got NaN; the model did not converge: lower its learning rate")
    labelled = np.flatnonzero(dataset.target >= 0)
    if not len(labelled):
        raise InputError("at least one row must be labelled to measure; got none; name the target column")
    if not dataset.weight[labelled].sum() > 0:
        raise InputError("weights of labelled rows must not all be 0; got only zeros; check the weight column")
    return labelled


def _probabilities(scores: Doubles, link: str) -> Doubles:
    """In double precision, so that sure answers still differ: Outputs.probabilities is float32."""
    if link == "identity":
        return scores
    if link == "sigmoid":
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -700, 700))), np.float64)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float64)
