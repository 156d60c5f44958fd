"""How is a linear classifier fitted on dense vectors, quickly and repeatedly?

Multinomial logistic regression with an L2 penalty, the very objective of scikit-learn's `LogisticRegression`:

    sum_i w_i · cross_entropy(q_i, softmax(x_i W + b)) + ||W||² / (2 c)

or, where a row has several labels, the sum over labels of binary cross-entropies with sigmoid(x_i W + b): so many
problems at once. Both are minimised by L-BFGS (Liu & Nocedal 1989) in coordinates in which the problem is round: the
Hessian of a class is close to the covariance of the vectors times a number, plus the penalty (Böhning 1992), and with
V = Lᵀ W, where L Lᵀ is that matrix, it is close to one. The minimum is the same; a fifth of the steps lead there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.extras import need

BLOCK = 4_096  # rows whose logits are held at a time: they stay in the processor's cache
SHAPE_ROWS = 20_000  # rows, spread evenly, that show the covariance: it shapes the way, not the minimum
STEPS = 200  # a well-scaled problem needs 10 to 60
# Of the largest scaled gradient entry. On 150 intents three times more cost up to 0.004 of accuracy, and ten times less
# brought 0.001 for three times the steps.
TOLERANCE = 3e-4
LEAST_CURVATURE = 0.01  # of a label's loss: that of a label which one row in a hundred has


@dataclass(frozen=True, eq=False)
class Problem:
    """Vectors prepared once for many fits with different c."""

    vectors: Floats  # (rows, width) centred
    center: Floats  # (width,)
    covariance: npt.NDArray[np.float64]  # (width, width), weighted
    targets: Ints | Floats  # (rows,) codes or (rows, classes) shares, or 0 and 1 of several labels
    weights: Floats  # (rows,)
    classes: int


def problem(vectors: Floats, targets: Ints | Floats, weights: Floats, classes: int) -> Problem:
    """Prepare vectors (rows, width) with codes (rows,) or soft targets (rows, classes) and weights (rows,)."""
    total = float(weights.sum())
    center = np.asarray(weights @ vectors / total, np.float32)
    centred = vectors - center
    step = -(-len(centred) // SHAPE_ROWS)
    scaled = centred[::step] * np.sqrt(weights[::step] * step / total)[:, None]
    covariance = (scaled.T @ scaled).astype(np.float64)
    return Problem(centred, center, covariance, targets, weights, classes)


@dataclass(frozen=True, eq=False)
class Linear:
    """A linear map to logits: x @ weights + bias."""

    weights: Floats  # (width, classes)
    bias: Floats  # (classes,)

    def logits(self, vectors: Floats) -> Floats:
        """(rows, classes) of vectors (rows, width)."""
        return np.asarray(vectors @ self.weights + self.bias, np.float32)


def solve(
    given: Problem,
    c: float,
    start: Linear | None = None,
    tolerance: float = TOLERANCE,
    link: Literal["softmax", "sigmoid"] = "softmax",
) -> Linear:
    """The minimum at `c` (larger: less regularised), from `start` where there is one.

    Args:
        link: "softmax": one class a row; "sigmoid": each label by itself, its targets a matrix.

    Example:
        >>> vectors = np.array([[-2.0], [-1.0], [1.0], [2.0]], np.float32)
        >>> found = solve(problem(vectors, np.array([0, 0, 1, 1]), np.ones(4, np.float32), 2), c=1.0)
        >>> found.logits(vectors).argmax(axis=1).tolist()
        [0, 0, 1, 1]
    """
    optimize, linalg = need("scipy.optimize", "logistic regression"), need("scipy.linalg", "logistic regression")
    total, width = float(given.weights.sum()), len(given.center)
    decay = 1 / (c * total)  # of the mean loss
    curvature, mean_loss = _curvature(given, link), _mean_loss if link == "softmax" else _mean_sigmoid_loss
    hessian = curvature * given.covariance + decay * np.eye(width)
    root = linalg.cholesky(hessian, lower=True, overwrite_a=True).astype(np.float32)  # (width, width)
    scale_bias = np.float32(1 / np.sqrt(curvature))

    def back(table: Floats) -> Floats:
        """(width, classes) weights of scaled ones."""
        return linalg.solve_triangular(root, table, lower=True, trans="T", check_finite=False)  # type: ignore[no-any-return]

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        table = flat.reshape(width + 1, given.classes).astype(np.float32)
        weights = back(table[:-1])
        value, slope, slope_bias = mean_loss(given, weights, table[-1] * scale_bias)
        value += 0.5 * decay * float((weights.astype(np.float64) ** 2).sum())
        slope = linalg.solve_triangular(root, slope + decay * weights, lower=True, check_finite=False)
        return value, np.vstack([slope, slope_bias[None] * scale_bias]).ravel().astype(np.float64)

    first = np.zeros((width + 1, given.classes))
    if start is not None:
        first[:-1] = root.T @ start.weights
        first[-1] = (start.bias + given.center @ start.weights) / scale_bias
    found: Any = optimize.minimize(
        loss, first.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "gtol": tolerance, "ftol": 1e-9}
    )
    table = np.asarray(found.x, np.float32).reshape(width + 1, given.classes)
    weights = np.asarray(back(table[:-1]), np.float32)
    return Linear(weights, np.asarray(table[-1] * scale_bias - given.center @ weights, np.float32))


def _curvature(given: Problem, link: str) -> float:
    """How the loss bends along a logit: at uniform answers, of labels at how often they stand."""
    if link == "softmax":
        return (1 - 1 / given.classes) / given.classes
    shares = given.weights @ given.targets / given.weights.sum()
    return max(float((shares * (1 - shares)).mean()), LEAST_CURVATURE)


def _mean_sigmoid_loss(given: Problem, weights: Floats, bias: Floats) -> tuple[float, Floats, Floats]:
    """Mean over rows of the sum of binary cross-entropies, and its gradients as in `_mean_loss`."""
    value, slope, slope_bias = 0.0, np.zeros_like(weights), np.zeros_like(bias)
    for start in range(0, len(given.vectors), BLOCK):
        part = slice(start, start + BLOCK)
        x, q, w = given.vectors[part], given.targets[part], given.weights[part]
        logits = x @ weights
        logits += bias
        small = np.exp(-np.abs(logits))
        losses = np.maximum(logits, 0) + np.log1p(small) - q * logits
        value += float((w * losses.sum(axis=1)).sum(dtype=np.float64))
        away = np.where(logits >= 0, 1, small) / (1 + small) - q
        away *= w[:, None]
        slope += x.T @ away
        slope_bias += away.sum(axis=0)
    total = float(given.weights.sum())
    return value / total, slope / np.float32(total), slope_bias / np.float32(total)


def _mean_loss(given: Problem, weights: Floats, bias: Floats) -> tuple[float, Floats, Floats]:
    """Mean cross-entropy and its gradients by weights (width, classes) and bias (classes,)."""
    value, slope, slope_bias = 0.0, np.zeros_like(weights), np.zeros_like(bias)
    for start in range(0, len(given.vectors), BLOCK):
        part = slice(start, start + BLOCK)
        x, q, w = given.vectors[part], given.targets[part], given.weights[part]
        logits = x @ weights
        logits += bias
        logits -= logits.max(axis=1, keepdims=True)
        hard = q.ndim == 1
        rows = np.arange(len(x))
        told = logits[rows, q] if hard else (q * logits).sum(axis=1)  # (rows,)
        np.exp(logits, out=logits)
        sums = logits.sum(axis=1)
        mass = 1.0 if hard else q.sum(axis=1)
        value += float((w * (mass * np.log(sums) - told)).sum(dtype=np.float64))
        logits *= (w * mass / sums)[:, None]
        if hard:
            logits[rows, q] -= w
        else:
            logits -= w[:, None] * q
        slope += x.T @ logits
        slope_bias += logits.sum(axis=0)
    total = float(given.weights.sum())
    return value / total, slope / np.float32(total), slope_bias / np.float32(total)
