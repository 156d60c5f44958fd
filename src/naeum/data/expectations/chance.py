"""How likely is it that new rows differ this much from the reference though both come from one source?

Every answer assumes exchangeable rows only, no shape of any distribution. So a level of 0.001 is a false alarm in at
most a thousand expectations on rows of the same source.

References:
    Fisher 1935, "The logic of inductive inference" (counts: the hypergeometric tail, given how many there are in all).
    Wilks 1942, "Statistical prediction with special reference to the problem of tolerance limits" (ranges).
    Good 1953, "The population frequencies of species and the estimation of population parameters" (unseen values).
    Wei & Dudley 2012, "Two-sample Dvoretzky–Kiefer–Wolfowitz inequalities" (distributions).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

EXACT_UP_TO = 200_000  # terms of a tail that are summed; beyond, its normal limit is right to more digits than needed
DKW = 2.17  # Wei & Dudley: with this factor the bound holds for all sizes from 4


def more(k: int, m: int, seen: int, of: int) -> float:
    """P(at least `k` of `m` new rows | `seen` of `of` reference rows, one source).

    Args:
        k: new rows that break the expectation, of `m`.
        seen: reference rows that break it, of `of`.

    Example:
        >>> round(more(3, 10, 0, 10), 4), more(0, 10, 5, 10)
        (0.1053, 1.0)
    """
    total = k + seen
    if not k or not m:
        return 1.0
    if min(total, m) - k > EXACT_UP_TO:
        return _normal_tail(k, m, total, m + of)
    at = np.arange(k, min(total, m) + 1)
    return float(min(1.0, np.exp(_log_mass(at, m, total, m + of)).sum()))


def differ(k: Sequence[int], m: int, seen: Sequence[int], of: int) -> tuple[float, int]:
    """(chance, place) of the share that differs most, either way; the chance is Bonferroni's over all shares.

    Example:
        >>> chance, place = differ([50, 1], 100, [50, 20], 100)
        >>> chance < 0.001, place
        (True, 1)
    """
    each = [
        2 * min(more(one, m, other, of), more(m - one, m, of - other, of)) for one, other in zip(k, seen, strict=True)
    ]
    place = int(np.argmin(each)) if each else 0
    return (min(1.0, each[place] * len(each)), place) if each else (1.0, 0)


def outside(low: int, high: int, m: int, of: int) -> float:
    """P(as many of `m` new values lie below the smallest, or above the largest, of `of`): Wilks 1942, each end apart.

    Among values of one source each order is equally likely, so all of the k largest are new ones with the
    hypergeometric chance. The factor 2 is Bonferroni's, for the two ends.

    Example:
        >>> round(outside(0, 1, 1, 99), 4), outside(0, 12, 100, 100) < 0.001
        (0.02, True)
    """
    return min(1.0, 2 * min(more(low, m, 0, of), more(high, m, 0, of)))


def repeats(k: int, m: int, seen: int, of: int) -> float:
    """P(at least `k` values repeat among `m` rows | `seen` values repeat among `of`).

    A repeat is a pair, and pairs grow with the square of the rows; where values repeat many times they grow slower.
    The larger of the two shares is taken, so that an alarm is never rasher than either.

    Example:
        >>> repeats(1, 100, 0, 100), repeats(10, 100, 0, 100) < 0.001
        (0.5, True)
    """
    from scipy.stats import binom

    pairs, before = m * (m - 1), of * (of - 1)
    share = max(0.5, pairs / max(pairs + before, 1))
    return 1.0 if not k else float(binom.sf(k - 1, k + seen, share))


def apart(below: Sequence[int], m: int, before: Sequence[int], of: int) -> tuple[float, float]:
    """(chance, distance) of two distributions, by how many values of each lie at or below some points.

    The distance is the largest difference of the shares; the chance is the two-sample bound of Dvoretzky, Kiefer and
    Wolfowitz, which holds for any distribution and any points.

    Example:
        >>> apart([50, 90], 100, [50, 90], 100)
        (1.0, 0.0)
    """
    if not m or not of:
        return 1.0, 0.0
    distance = float(np.abs(np.asarray(below) / m - np.asarray(before) / of).max(initial=0.0))
    return float(min(1.0, DKW * np.exp(-2 * distance**2 * m * of / (m + of)))), distance


def _log_mass(at: np.ndarray, m: int, total: int, rows: int) -> np.ndarray:
    """Log of the hypergeometric mass: `at` of the `total` among the `m` of `rows`."""
    from scipy.special import gammaln

    def ways(n: np.ndarray | int, k: np.ndarray | int) -> np.ndarray:
        n, k = np.asarray(n, float), np.asarray(k, float)
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    possible = total - at <= rows - m
    mass = ways(m, at) + ways(rows - m, np.where(possible, total - at, 0)) - ways(rows, total)
    return np.where(possible, mass, -np.inf)


def _normal_tail(k: int, m: int, total: int, rows: int) -> float:
    from scipy.stats import norm

    share = total / rows
    spread = np.sqrt(m * share * (1 - share) * (rows - m) / max(rows - 1, 1))
    return float(norm.sf((k - 0.5 - m * share) / max(float(spread), 1e-300)))
