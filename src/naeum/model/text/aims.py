"""What must a network of text say: how many scores a row, towards which targets, in which units?

A class has a score each, so has each of several labels; a number has one. Numbers are learned in standard deviations
from their mean, and the head is brought back to their own units when training ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Dataset, Floats, Ints, Link, OutputKind, Outputs, Task
from naeum.measure.metrics import metric
from naeum.measure.sets import indicator

LINKS: Mapping[OutputKind, Link] = {"labels": "sigmoid", "number": "identity"}
LEAST_SPREAD = 1e-12  # numbers that never vary are not blown up


def columns(task: Task) -> int:
    """How many scores a row has.

    Example:
        >>> columns(Task(classes=("a", "b"))), columns(Task(output="number"))
        (2, 1)
    """
    return 1 if task.output == "number" else len(task.classes)


def answered(task: Task, scores: Floats) -> Outputs:
    """Scores (rows, columns) as answers."""
    return Outputs(task, np.asarray(scores, np.float32), LINKS.get(task.output, "softmax"))


def numbers(data: Dataset) -> np.ndarray:
    """(rows,) the targets of a task of numbers, in double precision; NaN where a row has none.

    Example:
        >>> from naeum.testing.worlds import numbers as world
        >>> bool(np.isfinite(numbers(world.parts(6).fit)).all())
        True
    """
    return np.asarray(data.truth.to_numpy(), np.float64)


@dataclass(frozen=True)
class Aim:
    """The targets of a task as a network learns them."""

    task: Task
    center: float = 0.0  # of a number, in its own units
    spread: float = 1.0

    @classmethod
    def of(cls, data: Dataset) -> Aim:
        """The aim for the labelled rows of fit, whose weights tell the mean and the standard deviation of a number."""
        if data.task.output != "number":
            return cls(data.task)
        found, weight = numbers(data), np.asarray(data.weight, np.float64)
        weight = weight if weight.sum() > 0 else np.ones(len(weight))
        center = float(np.average(found, weights=weight))
        spread = float(np.sqrt(np.average((found - center) ** 2, weights=weight)))
        return cls(data.task, center, spread if spread > LEAST_SPREAD else 1.0)

    def wanted(self, data: Dataset) -> Floats | None:
        """(rows, columns) what the scores should say: numbers, labels as 0 or 1, soft targets; None for plain classes.

        Unlabelled rows get what means nothing.
        """
        if self.task.output == "number":
            found = (np.nan_to_num(numbers(data)) - self.center) / self.spread
            return np.asarray(found[:, None], np.float32)
        if self.task.output == "labels":
            return several(data)
        return data.soft

    def judge(self, data: Dataset) -> Callable[[Floats, Ints], float]:
        """A function of scores and codes that gives the metric of the task, higher is better, on rows of `data`."""
        chosen = metric(self.task.metric)

        def score(scores: Floats, target: Ints) -> float:
            return chosen.sign * chosen.score(answered(data.task, scores * self.spread + self.center), data)

        return score

    def unsettle(self, head: Any) -> None:
        """Let a linear head that answers in the number's own units learn in those of the aim again."""
        import torch

        if self.task.output == "number":
            with torch.no_grad():
                head.weight.div_(self.spread)
                head.bias.sub_(self.center).div_(self.spread)

    def settle(self, head: Any) -> None:
        """Let the linear head of a module answer in the number's own units."""
        import torch

        if self.task.output == "number":
            with torch.no_grad():
                head.weight.mul_(self.spread)
                head.bias.mul_(self.spread).add_(self.center)


def several(data: Dataset) -> Floats:
    """(rows, classes) 1 where a row has the label, 0 where not; soft targets where a row has them."""
    found = indicator(data).astype(np.float32)
    if data.soft is not None:
        known = data.soft.sum(axis=1) > 0
        found[known] = data.soft[known]
    return found
