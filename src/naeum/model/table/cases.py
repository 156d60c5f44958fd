"""What of a table does a model learn: which rows, which targets, how much each counts?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Task, subset
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.text.aims import LEAST_SPREAD, numbers, several
from naeum.model.text.examples import to_learn

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
READS: frozenset[InputKind] = frozenset({"number", "category", "date", "text"})
OUTPUTS: frozenset[OutputKind] = ROWS
TARGETS = ("none", "log")  # how a number is learned
NEVER = -13.8  # log-probability, or log odds, of a class that no fit row has: one in a million
MOST_MEANS = 10  # classes whose share in a category is told: more would widen the matrix


def claimed(task: Task) -> bool:
    """Whether rows are a table: they have more than texts, and one answer each.

    Example:
        >>> claimed(Task(inputs=("age", "town"), kinds=("number", "category"))), claimed(Task())
        (True, False)
    """
    kinds = set(task.columns.values())
    return task.output in OUTPUTS and kinds <= READS and kinds != {"text"}


def rows_to_learn(data: Dataset, kind: str) -> Dataset:
    """The rows of fit that have a target and count at all.

    Raises:
        InputError: there are none.
    """
    found = to_learn(data, kind)
    heavy = np.flatnonzero(found.weight > 0)
    if not len(heavy):
        raise InputError(f"{kind} must have rows that count to learn from; all weights are 0; check the weight column")
    return found if len(heavy) == len(found) else to_learn(subset(found, heavy, found.key), kind)


@dataclass(frozen=True)
class Scale:
    """How a number is learned: as it is or its logarithm, in standard deviations from the mean.

    The logarithm is that of its size and one more, with its sign: log(1 + |y|).
    """

    target: str = "none"
    center: float = 0.0
    spread: float = 1.0

    @classmethod
    def of(cls, values: Doubles, weights: Doubles, target: str) -> Scale:
        """The scale of the targets of fit."""
        bent = np.sign(values) * np.log1p(np.abs(values)) if target == "log" else values
        center = float(np.average(bent, weights=weights))
        spread = float(np.sqrt(np.average((bent - center) ** 2, weights=weights)))
        return cls(target, center, spread if spread > LEAST_SPREAD else 1.0)

    def apply(self, values: Doubles) -> Doubles:
        """Numbers as they are learned."""
        bent = np.sign(values) * np.log1p(np.abs(values)) if self.target == "log" else values
        return np.asarray((bent - self.center) / self.spread, np.float64)

    def undo(self, scores: Doubles) -> Doubles:
        """What was learned, in the number's own units."""
        found = np.asarray(scores, np.float64) * self.spread + self.center
        if self.target == "log":
            found = np.sign(found) * np.expm1(np.minimum(np.abs(found), 80.0))
        return np.asarray(found, np.float64)


@dataclass(frozen=True, eq=False)
class Problem:
    """One model that is fitted: a class of several, a label or not, or a number."""

    values: Any  # (cases,) codes or numbers
    rows: Ints  # (cases,) the row of each case; a row with a soft target is a case for each of its classes
    weights: Doubles  # (cases,)
    classes: Ints  # the columns of the scores that the codes are of; none of a number


def targets_of(data: Dataset, scale: Scale) -> Doubles:
    """(rows, targets) what is learned in numbers: for the means of categories."""
    if data.task.output == "number":
        return scale.apply(numbers(data))[:, None]
    if data.task.output == "labels":
        return several(data)[:, :MOST_MEANS].astype(np.float64)
    shares = shares_of(data)
    return shares[:, 1:] if shares.shape[1] == 2 else shares[:, :MOST_MEANS]


def shares_of(data: Dataset) -> Doubles:
    """(rows, classes) how much of each row is of each class: one of them, or a soft target."""
    shares = np.zeros((len(data), len(data.task.classes)))
    known = np.flatnonzero(data.target >= 0)
    shares[known, data.target[known]] = 1.0
    if data.soft is not None:
        soft = data.soft.sum(axis=1) > 0
        shares[soft] = data.soft[soft]
    return shares


def problems(data: Dataset, scale: Scale) -> list[Problem]:
    """The models that are fitted: one for a label or a number, one a label where there are several."""
    weights = np.asarray(data.weight, np.float64)
    if data.task.output == "number":
        return [Problem(scale.apply(numbers(data)), np.arange(len(data)), weights, np.empty(0, np.int64))]
    if data.task.output == "labels":
        return [_case(np.stack([1 - share, share], axis=1), weights) for share in several(data).astype(np.float64).T]
    return [_case(shares_of(data), weights)]


def _case(shares: Doubles, weights: Doubles) -> Problem:
    rows, codes = np.nonzero(shares > 0)
    classes, values = np.unique(codes, return_inverse=True)
    return Problem(np.asarray(values, np.int64), rows, shares[rows, codes] * weights[rows], classes)


def balanced(problem: Problem) -> Problem:
    """The same with every class of the same weight in all."""
    if not len(problem.classes):
        return problem
    mass = np.bincount(problem.values, problem.weights)
    each = problem.weights.sum() / (len(mass) * np.maximum(mass, LEAST_SPREAD))
    return Problem(problem.values, problem.rows, problem.weights * each[problem.values], problem.classes)


def loss_of(data: Dataset) -> Callable[[Outputs], float]:
    """A function of outputs on `data` that says how bad they are: log loss, or the mean squared error."""
    from naeum.measure.metrics import metric

    where = np.flatnonzero(data.target >= 0)
    known = subset(data, where, data.key)
    chosen = metric("mse" if data.task.output == "number" else "log_loss")
    return lambda outputs: chosen.score(outputs.take(where), known)
