"""Is one model better than another, on the same rows?

The difference is bootstrapped with one draw for both models (Efron & Tibshirani 1993, ch. 16; for language tasks
Koehn 2004): what is hard for both falls out. McNemar (1947) asks the same of right and wrong answers alone, exactly.
Gains are signed so that above 0 is always better, whatever the metric.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from naeum.contract import Dataset, Outputs
from naeum.errors import InputError
from naeum.measure.intervals import LEVEL, RESAMPLES, how_many, is_clustered, quantiles, weights
from naeum.measure.judged import judged
from naeum.measure.scored import Doubles, Metric

SAME = 1e-12  # gains closer to 0 than this are rounding: they are ties


@dataclass(frozen=True)
class Paired:
    """What one model gains over another, over rows."""

    gain: float  # > 0: better, in the metric's units
    low: float
    high: float
    p_better: float  # P(gain > 0) by the bootstrap; ties count half
    mcnemar: float  # two-sided p value of right against wrong answers; rows taken as independent
    error: float = 0.0  # standard error of the gain
    better_only: int = 0  # rows that only the first model answers rightly
    worse_only: int = 0
    level: float = LEVEL
    resamples: int = 0
    clustered: bool = False


def paired(
    metric: Metric,
    better: Outputs,
    worse: Outputs,
    dataset: Dataset,
    *,
    seed: int,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Paired:
    """The gain of `better` over `worse` on the labelled rows, with its interval.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    one, other = judged(better, dataset, metric), judged(worse, dataset, metric)
    draws = how_many(metric, one, resamples)
    gains = np.concatenate(
        [metric.sign * (metric.function(one, w) - metric.function(other, w)) for w in weights(metric, one, draws, seed)]
    )
    gains = np.where(np.abs(gains) < SAME, 0.0, gains)[np.isfinite(gains)]
    gain = metric.sign * (metric.of(one) - metric.of(other))
    gain = 0.0 if abs(gain) < SAME else gain
    low, high = quantiles(gains, level)
    only = int(((one.right == 1) & (other.right == 0)).sum()), int(((one.right == 0) & (other.right == 1)).sum())
    return Paired(
        gain=gain,
        low=min(low, gain),
        high=max(high, gain),
        p_better=float(np.mean((gains > 0) + (gains == 0) / 2)) if len(gains) else 0.5,
        mcnemar=mcnemar(*only),
        error=float(gains.std()) if len(gains) else float("nan"),
        better_only=only[0],
        worse_only=only[1],
        level=level,
        resamples=draws,
        clustered=is_clustered(one),
    )


def mcnemar(better_only: int, worse_only: int) -> float:
    """Exact two-sided p value that two models are right equally often, from the rows where only one is (McNemar 1947).

    Example:
        >>> mcnemar(9, 1)
        0.021484375
    """
    from scipy.stats import binomtest

    if better_only + worse_only == 0:
        return 1.0
    return float(binomtest(better_only, better_only + worse_only, 0.5).pvalue)


def holm(p_values: Sequence[float]) -> Doubles:
    """p values of several tests, raised so that any false claim among all of them stays rare (Holm 1979).

    Raises:
        InputError: a p value is not between 0 and 1.

    Example:
        >>> holm([0.01, 0.04, 0.03]).tolist()
        [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, np.float64)
    if not ((given >= 0) & (given <= 1)).all():
        raise InputError(f"p values must lie between 0 and 1; got {list(p_values)}; leave out tests without one")
    order = np.argsort(given, kind="stable")
    raised = np.maximum.accumulate(given[order] * (len(given) - np.arange(len(given))))
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum(raised, 1.0)
    return adjusted
