"""How sure is a score? A bootstrap over rows, and over groups of rows where rows belong together.

Rows are drawn with replacement (Efron 1979); a draw is a set of weights, how often each row was drawn, and a metric
takes many sets at once. Rows of one group are drawn together (cluster bootstrap, Field & Welsh 2007): ten rows by one
author are not ten independent witnesses. Intervals are percentile intervals and cover rows, not training seeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from naeum.contract import Dataset, Ints, Outputs
from naeum.measure.judged import judged
from naeum.measure.scored import Doubles, Judged, Metric, Scored

RESAMPLES = 2000
LEVEL = 0.95
# Rows x resamples (x classes, for a metric with a pass for each) that are drawn at most: about 3 s on one slow core.
MOST_DRAWS = 100_000_000
LEAST_RESAMPLES = 200  # below that the 2.5 % quantile rests on fewer than 5 draws
OWN_RESAMPLES = 200  # of a user's function, which is called once a draw
CHUNK = 2_000_000  # weights held at a time: 16 MB


@dataclass(frozen=True)
class Interval:
    """A value with the interval that holds it with `level`, over rows."""

    value: float
    low: float
    high: float
    level: float = LEVEL
    resamples: int = 0
    clustered: bool = False  # groups, not rows, were drawn


def bootstrap(
    metric: Metric, outputs: Outputs, dataset: Dataset, *, seed: int, resamples: int = RESAMPLES, level: float = LEVEL
) -> Interval:
    """The score over the labelled rows with its percentile interval.

    Fewer resamples are drawn where rows and classes are so many that it would take long; the interval says how many.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    scored = judged(outputs, dataset, metric)
    draws = how_many(metric, scored, resamples)
    values = np.concatenate([metric.function(scored, one) for one in weights(metric, scored, draws, seed)])
    value = metric.of(scored)
    low, high = quantiles(values, level)
    if value == metric.perfect and low == high:
        low, high = _beside_perfect(metric, units(scored), level)
    return Interval(value, min(low, value), max(high, value), level, draws, is_clustered(scored))


def weights(metric: Metric, scored: Judged, resamples: int, seed: int) -> Iterator[Doubles]:
    """The drawn weights, (sets, rows) a time, `resamples` sets in all: the same for the same rows, count and seed."""
    rng = np.random.default_rng(seed)
    unit, count = _units(scored)
    base = metric.weights(scored)
    chunk = max(1, CHUNK // len(scored))
    for start in range(0, resamples, chunk):
        sets = min(chunk, resamples - start)
        drawn = np.stack([np.bincount(rng.integers(0, count, count), minlength=count) for _ in range(sets)])
        yield np.asarray((drawn if unit is None else drawn[:, unit]) * base, np.float64)


def how_many(metric: Metric, scored: Judged, resamples: int) -> int:
    """Resamples that are drawn: as wished, unless that would take long."""
    if not metric.weighted:
        return min(resamples, OWN_RESAMPLES)
    every = isinstance(scored, Scored) and scored.positive is None
    passes = len(scored.task.classes) if metric.per_class and every else 1
    return min(resamples, max(LEAST_RESAMPLES, MOST_DRAWS // (len(scored) * passes)))


def quantiles(values: Doubles, level: float) -> tuple[float, float]:
    """The percentile interval of drawn values; NaN draws (a metric not defined on them) are left out."""
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def wilson(right: Doubles, rows: Doubles, level: float = LEVEL) -> tuple[Doubles, Doubles]:
    """Interval of shares right / rows (Wilson 1927), NaN where there are no rows. All arrays have one shape.

    Example:
        >>> low, high = wilson(np.array([5.0]), np.array([5.0]))
        >>> f"{low[0]:.3f} to {high[0]:.3f}"
        '0.566 to 1.000'
    """
    from scipy.stats import norm

    z = float(norm.ppf((1 + level) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = right / rows
        middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
        half = z * np.sqrt(share * (1 - share) / rows + z**2 / (4 * rows**2)) / (1 + z**2 / rows)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def is_clustered(scored: Judged) -> bool:
    """Whether some rows share a group."""
    return _units(scored)[0] is not None


def units(scored: Judged) -> int:
    """How many things are drawn: rows, or groups."""
    return _units(scored)[1]


def _units(scored: Judged) -> tuple[Ints | None, int]:
    """For each row the number of its group (None where every row is its own), and how many there are."""
    groups, number = np.unique(scored.group, return_inverse=True)
    return (None, len(scored)) if len(groups) == len(scored) else (np.asarray(number, np.int64), len(groups))


def _beside_perfect(metric: Metric, count: int, level: float) -> tuple[float, float]:
    """A draw of faultless answers is faultless again, yet nobody may claim certainty from `count` rows.

    The far end is that of Clopper & Pearson (1934) for 0 errors, which for 95 % is about 3.7 / rows.
    """
    far = 1 - ((1 - level) / 2) ** (1 / count)
    ends = (metric.perfect, metric.perfect - metric.sign * far)
    return min(ends), max(ends)
