"""How good are answers that are numbers?

Weighted versions of the usual measures, for many sets of weights at once. Ranks are those of all scored rows (ties get
their mean rank), so a bootstrap of Spearman's rho resamples ranks instead of ranking every draw anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from naeum import decoding
from naeum.contract import Dataset, Ints, Outputs, Task
from naeum.errors import InputError
from naeum.measure.scored import Doubles, comparable, mean, ratio

LEAST_SPREAD = 1e-12  # of the truth, below which it never varies


@dataclass(frozen=True, eq=False)
class ScoredNumbers:
    """Rows with a number each and the answers to them. All arrays have one entry a row."""

    task: Task
    truth: Doubles
    predicted: Doubles
    weight: Doubles
    group: Ints
    low: Doubles | None = None  # the ends of the interval that was answered
    high: Doubles | None = None

    def __len__(self) -> int:
        return len(self.truth)

    @cached_property
    def right(self) -> Doubles:
        """1.0 where the answer is within a tenth of a standard deviation of the truth."""
        return np.asarray(np.abs(self.truth - self.predicted) <= 0.1 * self._spread, np.float64)

    @cached_property
    def errors(self) -> Doubles:
        """Squared distance over the variance of the truth: its mean is 1 - R²."""
        return (self.truth - self.predicted) ** 2 / self._spread**2

    @cached_property
    def ranks(self) -> tuple[Doubles, Doubles]:
        """Ranks of truth and of answers."""
        from scipy.stats import rankdata

        return rankdata(self.truth), rankdata(self.predicted)

    @cached_property
    def _spread(self) -> float:
        center = np.average(self.truth, weights=self.weight)
        return max(float(np.sqrt(np.average((self.truth - center) ** 2, weights=self.weight))), LEAST_SPREAD)

    @classmethod
    def of(cls, outputs: Outputs, dataset: Dataset) -> ScoredNumbers:
        """The labelled rows of `dataset` with their answers; rows without a number are left out.

        Raises:
            InputError: the answers do not belong to the rows, hold NaN, or no row has a number.
        """
        if dataset.task.output != "number" or dataset.truth is None or outputs.scores.shape[1:] != (1,):
            raise InputError(
                f"these metrics must be given one number a row; got the output {dataset.task.output!r} with scores of "
                f"shape {outputs.scores.shape}; choose another metric"
            )
        rows = comparable(outputs, dataset)
        ends = None if outputs.quantiles is None else np.asarray(outputs.quantiles, np.float64)[rows]
        return cls(
            task=dataset.task,
            truth=np.asarray(dataset.truth.to_numpy(), np.float64)[rows],
            predicted=decoding.numbers(outputs)[rows],
            weight=np.asarray(dataset.weight, np.float64)[rows],
            group=dataset.group[rows],
            low=None if ends is None else ends[:, 0],
            high=None if ends is None else ends[:, 1],
        )


def mse(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Mean squared error, in squared units of the target."""
    return mean((scored.truth - scored.predicted) ** 2, weights)


def rmse(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Root of the mean squared error, in units of the target."""
    return np.sqrt(mse(scored, weights))


def mae(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Mean absolute error, in units of the target."""
    return mean(np.abs(scored.truth - scored.predicted), weights)


def mape(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Mean absolute error as a share of the truth, as in scikit-learn; rows whose truth is 0 count enormously."""
    least = float(np.finfo(np.float64).eps)
    return mean(np.abs(scored.truth - scored.predicted) / np.maximum(np.abs(scored.truth), least), weights)


def r2(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Share of the variance that is explained; NaN where the truth never varies."""
    center = mean(scored.truth, weights)
    spread = mean(scored.truth**2, weights) - center**2
    return 1.0 - ratio(mse(scored, weights), np.where(spread < LEAST_SPREAD, 0.0, spread), np.nan)


def pearson(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Pearson's correlation of truth and answers; 0 where the answers never vary."""
    return _correlation(scored.truth, scored.predicted, weights)


def spearman(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Spearman's rank correlation of truth and answers; 0 where the answers never vary."""
    return _correlation(*scored.ranks, weights)


def within(scored: ScoredNumbers, weights: Doubles) -> Doubles:
    """Share of rows whose number lies in the answered interval; NaN where none was answered."""
    if scored.low is None or scored.high is None:
        return np.full(len(weights), np.nan)
    inside = (scored.truth >= scored.low) & (scored.truth <= scored.high)
    return mean(np.asarray(inside, np.float64), weights)


def _correlation(one: Doubles, other: Doubles, weights: Doubles) -> Doubles:
    one, other = one - one.mean(), other - other.mean()  # small numbers: sums of squares keep their digits
    first, second = mean(one, weights), mean(other, weights)
    shared = mean(one * other, weights) - first * second
    spread = (mean(one**2, weights) - first**2) * (mean(other**2, weights) - second**2)
    return ratio(shared, np.sqrt(np.where(spread < LEAST_SPREAD, 0.0, spread)), 0.0)
