"""How are the weights of proportional odds found on many sparse features?

One direction and a rising cut point for each step between classes: P(class <= k) = sigmoid(cut_k - x v). Minimised is

    ½ |v|² + c Σ_i w_i Σ_k t_ik (-ln P(class = k | x_i))

by L-BFGS; the cut points are the first one and the logarithms of their distances, so that they cannot cross. Chances
of a class are computed as sigmoid(u) sigmoid(-l) (1 - e^(l - u)) of its upper and lower end, whose logarithm never
loses its digits. Cut points are not regularized.

Source: McCullagh 1980, "Regression models for ordinal data".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats
from naeum.extras import need

Doubles = npt.NDArray[np.float64]
FAR = 40.0  # stands for the infinite ends of the first and the last class: a chance of e^-40 is none
NARROWEST = 1e-6  # between two cut points
MOST_STEPS = 300  # of L-BFGS; texts need tens
TOLERANCE = 1e-4  # of the gradient, a row: below it no answer moves


def solve(features: Any, targets: Floats, weights: Floats, c: float) -> tuple[Doubles, Doubles]:
    """Weights of the features (width,) and cut points (classes - 1,), of classes that all have weight.

    Args:
        features: scipy CSR or an array, (rows, width).
        targets: (rows, classes) shares that sum to one.
        weights: (rows,).
        c: how freely the weights follow the rows.

    Example:
        >>> x, classes = np.array([[-2.0], [-1.0], [0.0], [0.1], [1.0], [2.0]]), np.eye(3)[[0, 0, 1, 1, 2, 2]]
        >>> slopes, cuts = solve(x, classes, np.ones(6), c=10.0)
        >>> chances(x @ slopes, cuts).argmax(axis=1).tolist()
        [0, 0, 1, 1, 2, 2]
    """
    optimize = need("scipy.optimize", "proportional odds")
    width, steps = features.shape[1], targets.shape[1] - 1
    shares, counted = np.asarray(targets, np.float64), np.asarray(weights, np.float64)
    total = counted.sum()

    def loss(point: Doubles) -> tuple[float, Doubles]:
        slopes, cuts = point[:width], _cuts(point[width:])
        value, by_margin, by_cut = _loss(np.asarray(features @ slopes, np.float64), cuts, shares, counted)
        slope = np.concatenate([slopes + c * (features.T @ by_margin), c * _by_point(by_cut, point[width:])])
        return (0.5 * float(slopes @ slopes) + c * value) / (c * total), slope / (c * total)

    found: Any = optimize.minimize(
        loss, np.concatenate([np.zeros(width), _first(shares, counted)]), jac=True, method="L-BFGS-B",
        options={"maxiter": MOST_STEPS, "gtol": TOLERANCE, "ftol": 1e-10},
    )  # fmt: skip
    return found.x[:width], _cuts(found.x[width : width + steps])


def chances(margins: Doubles, cuts: Doubles) -> Doubles:
    """(rows, classes) of margins (rows,) and cut points.

    Example:
        >>> chances(np.zeros(1), np.array([0.0, np.log(3)])).round(2).tolist()
        [[0.5, 0.25, 0.25]]
    """
    upper, lower = _ends(np.asarray(margins, np.float64), cuts)
    found: Doubles = np.exp(_log_chance(upper, lower))
    return found


def _ends(margins: Doubles, cuts: Doubles) -> tuple[Doubles, Doubles]:
    """(rows, classes) upper and lower end of each class, less the margin."""
    inside = cuts[None] - margins[:, None]
    far = np.full((len(margins), 1), FAR)
    upper = np.concatenate([inside, np.maximum(far, inside[:, -1:] + FAR)], axis=1)
    lower = np.concatenate([np.minimum(-far, inside[:, :1] - FAR), inside], axis=1)
    return upper, lower


def _log_chance(upper: Doubles, lower: Doubles) -> Doubles:
    return -np.logaddexp(0, -upper) - np.logaddexp(0, lower) + np.log1p(-np.exp(np.minimum(lower - upper, -NARROWEST)))


def _loss(margins: Doubles, cuts: Doubles, shares: Doubles, weights: Doubles) -> tuple[float, Doubles, Doubles]:
    """Sum of weighted losses; its gradients by the margins (rows,) and by the cut points."""
    upper, lower = _ends(margins, cuts)
    counted = weights[:, None] * shares
    value = -float((counted * _log_chance(upper, lower)).sum())
    gap = np.log1p(-np.exp(np.minimum(lower - upper, -NARROWEST)))
    # d ln P / d upper = sigmoid'(upper) / P, and by the lower end -sigmoid'(lower) / P
    by_upper = -counted * np.exp(-np.logaddexp(0, upper) + np.logaddexp(0, lower) - gap)
    by_lower = counted * np.exp(-np.logaddexp(0, -lower) + np.logaddexp(0, -upper) - gap)
    by_cut = by_upper[:, :-1].sum(axis=0) + by_lower[:, 1:].sum(axis=0)
    return value, -(by_upper[:, :-1].sum(axis=1) + by_lower[:, 1:].sum(axis=1)), by_cut


def _cuts(point: Doubles) -> Doubles:
    """Cut points of the first one and the logarithms of their distances."""
    steps = np.exp(np.clip(point[1:], np.log(NARROWEST), np.log(FAR)))
    return np.concatenate([point[:1], point[:1] + np.cumsum(steps)])


def _by_point(by_cut: Doubles, point: Doubles) -> Doubles:
    """The gradient by the first cut point and the logarithms, from that by the cut points."""
    after = np.cumsum(by_cut[::-1])[::-1]  # of each cut point and all after it
    return np.concatenate([after[:1], np.exp(np.clip(point[1:], np.log(NARROWEST), np.log(FAR))) * after[1:]])


def _first(shares: Doubles, weights: Doubles) -> Doubles:
    """The point without slopes: cut points at the log odds of the classes' shares."""
    below = np.cumsum(weights @ shares)[:-1] / (weights @ shares).sum()
    odds = np.log(below / (1 - below))
    return np.concatenate([odds[:1], np.log(np.maximum(np.diff(odds), NARROWEST))])
