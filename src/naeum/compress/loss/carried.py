"""Which layers carry the noise that reaches the answer?

Each of the dearest layers is changed alone, all the others together, and what that does to the scores is measured:
mean square of their difference, without what all classes of a row have in common, which changes no probability. Small
errors of layers add up nearly as independent ones do, so the shares are told of their sum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from naeum.compress.quantize.sensitivity import Cost
from naeum.contract import Floats

ALONE = 8  # layers that are measured one by one; the others together
LEAST = 1e-20  # noise of nothing is not divided by


@dataclass(frozen=True)
class Carried:
    """What one layer adds to the noise of the scores."""

    layer: str  # '' of all others together
    share: float  # 0 to 1, of the noise of all layers
    decibels: float  # its own signal to noise; of the others together the mean
    outlier: float  # its greatest activation over the usual one


def carried(
    costs: Sequence[Cost], alone: Callable[[tuple[str, ...]], Floats], own: Floats, *, softmax: bool
) -> tuple[Carried, ...]:
    """The shares of the dearest layers and of all others, the largest first.

    Args:
        costs: of every layer by itself, the dearest first.
        alone: the scores (rows, columns) of a model in which these layers alone are changed.
        own: the scores of the model as it was.
        softmax: what all columns have in common says nothing.

    Example:
        >>> costs = [Cost("a", 20.0, 1.0), Cost("b", 30.0, 1.0)]
        >>> own = np.zeros((1, 2), np.float32)
        >>> wrong = {("a",): np.array([[2.0, -2.0]]), ("b",): np.array([[1.0, -1.0]])}
        >>> [(one.layer, one.share) for one in carried(costs, wrong.get, own, softmax=True)]
        [('a', 0.8), ('b', 0.2)]
    """
    several = [((one.layer,), one) for one in costs[:ALONE]]
    rest = costs[ALONE:]
    noises = [(one, _noise(alone(names), own, softmax)) for names, one in several]
    if rest:
        mean = float(np.mean([one.decibels for one in rest]))
        together = Cost("", mean, max(one.outlier for one in rest))
        noises.append((together, _noise(alone(tuple(one.layer for one in rest)), own, softmax)))
    whole = max(sum(noise for _, noise in noises), LEAST)
    found = [Carried(one.layer, noise / whole, one.decibels, one.outlier) for one, noise in noises]
    return tuple(sorted(found, key=lambda one: -one.share))


def _noise(told: Floats, own: Floats, softmax: bool) -> float:
    away = np.asarray(told, np.float64) - own
    if softmax:
        away -= away.mean(axis=1, keepdims=True)
    return float(np.square(away).mean()) if away.size else 0.0
