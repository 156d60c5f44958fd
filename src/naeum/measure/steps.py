"""How good are answers of classes that stand in an order? By how many steps they are off.

All take weights of shape (sets, rows) and give (sets,). Classes are counted from 0, one step from each to the next.

References:
    Cohen 1968, "Weighted kappa" (squares of steps as weights).
    Kendall 1945, "The treatment of ties in ranking problems" (tau-b).
"""

from __future__ import annotations

import numpy as np

from naeum.decoding import mean_rank
from naeum.measure.scored import Doubles, Scored, mean, ratio

LEAST_SPREAD = 1e-12  # below which ranks never vary


def mae(scored: Scored, weights: Doubles) -> Doubles:
    """Mean number of steps between the answer and the truth."""
    return mean(np.abs(scored.truth - scored.predicted).astype(np.float64), weights)


def quadratic_kappa(scored: Scored, weights: Doubles) -> Doubles:
    """1 - squared steps over those of answers and truths put together by chance; 0 where neither ever varies."""
    truth, answer = scored.truth.astype(np.float64), scored.predicted.astype(np.float64)
    seen = mean((truth - answer) ** 2, weights)
    chance = mean(truth**2, weights) + mean(answer**2, weights) - 2 * mean(truth, weights) * mean(answer, weights)
    chance = np.where(chance < LEAST_SPREAD, 0.0, chance)
    return np.where(chance == 0, 0.0, 1.0 - ratio(seen, chance, 0.0)) + 0 * seen  # NaN where nothing weighs


def spearman(scored: Scored, weights: Doubles) -> Doubles:
    """Spearman's rank correlation of the truth and the mean class number; 0 where the answers never vary."""
    from scipy.stats import rankdata

    ranks = rankdata(scored.truth), rankdata(mean_rank(scored.probabilities).round(9))
    one, other = (rank - rank.mean() for rank in ranks)
    first, second = mean(one, weights), mean(other, weights)
    shared = mean(one * other, weights) - first * second
    spread = (mean(one**2, weights) - first**2) * (mean(other**2, weights) - second**2)
    return ratio(shared, np.sqrt(np.where(spread < LEAST_SPREAD, 0.0, spread)), 0.0)


def kendall(scored: Scored, weights: Doubles) -> Doubles:
    """Tau-b of truth and answer: pairs of rows in the same order less those in opposite order; 0 without any order."""
    return np.array([_tau(_table(scored, row)) for row in weights])


def _table(scored: Scored, weights: Doubles) -> Doubles:
    """(classes, classes): weight of rows by truth and answer."""
    places = scored.truth * scored.classes + scored.predicted
    flat = np.bincount(places, weights=weights, minlength=scored.classes**2)
    return flat.reshape(scored.classes, scored.classes).astype(np.float64)


def _tau(table: Doubles) -> float:
    """Of a table of counts: (concordant - discordant) / sqrt(pairs untied in truth * pairs untied in answers)."""
    total = table.sum()
    if total <= 0:
        return float("nan")
    below = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    below[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)  # below[i, j]: rows of truth < i and answer < j
    size = table.shape[0]
    smaller = below[:size, :size]  # both smaller
    across = below[:size, [size]] - below[:size, 1:]  # truth smaller, answer larger
    gap = float((table * (smaller - across)).sum())
    pairs = [(total**2 - (table.sum(axis=axis) ** 2).sum()) / 2 for axis in (1, 0)]
    return gap / float(np.sqrt(pairs[0] * pairs[1])) if min(pairs) > 0 else 0.0
