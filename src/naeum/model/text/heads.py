"""Which linear head says what a task asks of vectors, and how strongly is it held?

Classes by multinomial logistic regression, several labels by one logistic regression each, numbers by ridge regression.
How strongly is one number, c, as in scikit-learn: larger is freer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from naeum.contract import Dataset, Floats
from naeum.engine.logistic import Linear, problem, solve
from naeum.engine.ridge import ridge
from naeum.model.text.aims import columns, numbers, several

PATH = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # of c, each fit starting from the one beside it
WITHOUT_TUNE = 0.01  # the middle: right within a few tenths of a percent on intents and on sentiment
OF_NUMBERS = 0.1  # times c: squares bend about ten times as much as logistic losses

Solve = Callable[[float, Linear | None], Linear]  # c, a solution near by -> the head


def solver(vectors: Floats, data: Dataset, weights: Floats) -> Solve:
    """What fits a head on vectors (rows, width) to the targets of `data`, rows counted by `weights`; prepared once."""
    task = data.task
    if task.output == "number":
        prepared = ridge(vectors, numbers(data), weights)
        return lambda c, near: prepared.at(c * OF_NUMBERS)
    if task.output == "labels":
        each = problem(vectors, several(data), weights, columns(task))
        return lambda c, near: solve(each, c, near, link="sigmoid")
    given = problem(vectors, data.target if data.soft is None else shares(data), weights, columns(task))
    return lambda c, near: solve(given, c, near)


def search(fit: Solve, judged: Floats, tune: Dataset, path: Sequence[float] = PATH) -> tuple[float, Linear]:
    """(c, head) with the least loss on tune: from the middle of the path towards where it falls, until it rises."""
    tried: dict[int, tuple[float, Linear]] = {}

    def at(place: int, near: Linear | None) -> tuple[float, Linear]:
        head = fit(path[place], near)
        tried[place] = (loss(head.logits(judged), tune), head)
        return tried[place]

    place = path.index(WITHOUT_TUNE)
    least, head = at(place, None)
    higher, _ = at(place + 1, head)
    step = 1 if higher < least else -1
    best = min(least, higher)
    place = place + 1 if step == 1 else place
    while 0 <= place + step < len(path):
        found, _ = at(place + step, tried[place][1])
        if found >= best:
            break
        best, place = found, place + step
    return path[place], tried[place][1]


def loss(scores: Floats, data: Dataset) -> float:
    """Weighted mean log loss; of numbers the mean squared error."""
    if data.task.output == "number":
        return float(np.average((scores[:, 0] - numbers(data)) ** 2, weights=data.weight))
    if data.task.output == "labels":
        told = np.logaddexp(0.0, scores) - several(data) * scores
        return float(np.average(told.sum(axis=1), weights=data.weight))
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    of_truth = logs[np.arange(len(logs)), data.target] if data.soft is None else (shares(data) * logs).sum(axis=1)
    return -float(np.average(of_truth, weights=data.weight))


def shares(data: Dataset) -> Floats:
    """(rows, classes) soft targets; a row that has none but has a label gets all of it there."""
    found = np.zeros((len(data), len(data.task.classes)), np.float32) if data.soft is None else data.soft.copy()
    bare = np.flatnonzero((found.sum(axis=1) <= 0) & (data.target >= 0))
    found[bare, data.target[bare]] = 1.0
    return np.asarray(found, np.float32)
