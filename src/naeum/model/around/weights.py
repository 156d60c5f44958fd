"""How much does each member of a blend count, and how sure may a model be? Weights and temperatures from held-out rows.

A blend is a log-opinion pool: softmax of sum_k w_k log p_k(x). Members are brought to their own best temperature first,
so that one that is always too sure does not outvote the others.

References:
    Caruana, Niculescu-Mizil, Crew & Ksikes 2004, "Ensemble selection from libraries of models" (greedy).
    Wolpert 1992, "Stacked generalization".
    Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks" (temperature).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Outputs

Doubles = npt.NDArray[np.float64]
LEAST = 1e-12  # probabilities below it are taken as this, so that one certain member has no veto
ROUNDS = 30  # greedy draws: weights are then known to a thirtieth
HOTTEST = 20.0  # temperatures are searched in [1 / HOTTEST, HOTTEST]
PULL = 1e-3  # of stacking towards equal weights, a row and weight: a few hundred rows must not give wild ones


def log_probabilities(outputs: Outputs) -> Doubles:
    """(rows, classes) natural logarithms, not below ln(1e-12)."""
    return np.log(np.maximum(outputs.probabilities.astype(np.float64), LEAST))


def pooled(logs: Sequence[Doubles], weights: Sequence[float]) -> Doubles:
    """(rows, classes) scores of the pool, not normalised."""
    total = np.zeros_like(logs[0])
    for log, weight in zip(logs, weights, strict=True):
        if weight:
            total += weight * log
    return total


def log_loss(scores: Doubles, target: npt.NDArray[np.int64], row_weights: Doubles) -> float:
    """Weighted mean of -ln p(target) where p = softmax(scores).

    Example:
        >>> round(log_loss(np.zeros((2, 2)), np.array([0, 1]), np.ones(2)), 4)
        0.6931
    """
    top = scores.max(axis=1, keepdims=True)
    totals = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    losses = totals - scores[np.arange(len(target)), target]
    return float((row_weights * losses).sum() / row_weights.sum())


def temperature(scores: Doubles, data: Dataset) -> float:
    """The temperature T with the least log loss of softmax(scores / T); 1 where no row is labelled."""
    from scipy.optimize import minimize_scalar

    known = data.target >= 0
    if not known.any() or not data.weight[known].sum():
        return 1.0
    target, row_weights = data.target[known], data.weight[known].astype(np.float64)
    found = minimize_scalar(
        lambda log_t: log_loss(scores[known] / np.exp(log_t), target, row_weights),
        bounds=(-np.log(HOTTEST), np.log(HOTTEST)),
        method="bounded",
        options={"xatol": 1e-4},
    )
    return float(np.exp(found.x))


def equal(logs: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Every member counts alike, at its own temperature."""
    return tuple(1 / len(logs) / temperature(log, data) for log in logs)


def greedy(logs: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Draw members with replacement, each time the one that lowers the log loss most, until none does."""
    temperatures = [temperature(log, data) for log in logs]
    known = data.target >= 0
    target, row_weights = data.target[known], data.weight[known].astype(np.float64)
    cooled = [log[known] / t for log, t in zip(logs, temperatures, strict=True)]
    counts, total, best = np.zeros(len(logs)), np.zeros_like(cooled[0]), np.inf
    for drawn in range(1, ROUNDS + 1):
        losses = [log_loss((total + log) / drawn, target, row_weights) for log in cooled]
        chosen = int(np.argmin(losses))
        if losses[chosen] >= best and drawn > len(logs):
            break
        best = min(best, losses[chosen])
        counts[chosen] += 1
        total = total + cooled[chosen]
    shares = counts / counts.sum()
    return tuple(float(share / t) for share, t in zip(shares, temperatures, strict=True))


def stacking(logs: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Non-negative weights with the least log loss, pulled a little towards equal ones."""
    from scipy.optimize import minimize

    known = data.target >= 0
    target, row_weights = data.target[known], data.weight[known].astype(np.float64)
    stack = np.stack([log[known] for log in logs])  # (members, rows, classes)
    start = np.array(equal(logs, data))
    share = row_weights / row_weights.sum()

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = np.tensordot(weights, stack, axes=1)
        top = scores.max(axis=1, keepdims=True)
        chances = np.exp(scores - top)
        chances /= chances.sum(axis=1, keepdims=True)
        of_truth = stack[:, np.arange(len(target)), target]
        gradient = ((stack * chances).sum(axis=2) - of_truth) @ share
        away = weights - start
        return log_loss(scores, target, row_weights) + PULL * float(away @ away), gradient + 2 * PULL * away

    found = minimize(loss, start, jac=True, bounds=[(0.0, None)] * len(logs), method="L-BFGS-B")
    return tuple(float(weight) for weight in found.x)


WAYS: dict[str, Callable[[Sequence[Doubles], Dataset], tuple[float, ...]]] = {
    "greedy": greedy,
    "mean": equal,
    "stacking": stacking,
}
