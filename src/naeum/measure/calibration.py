"""Do the probabilities mean what they say, and what does one gain by leaving the unsure rows out?

Reliability: in rows answered with 80 % confidence, 80 % should be right (Guo et al. 2017, "On Calibration of Modern
Neural Networks"). Bins hold equal weight, not equal width (Nixon et al. 2019, "Measuring Calibration in Deep
Learning"): with equal width nearly all rows of a good model fall into the last bin. Rows of equal confidence share a
bin, so the order of the rows never matters.
Coverage: error among the rows whose confidence reaches a threshold (selective prediction, Geifman & El-Yaniv 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from naeum.contract import Dataset, Ints, Outputs
from naeum.errors import InputError
from naeum.measure.scored import Doubles, Scored, ratio

BINS = 15  # as in Guo et al. 2017


@dataclass(frozen=True, eq=False)
class Reliability:
    """One entry a bin, from unsure to sure."""

    confidence: Doubles  # mean confidence
    accuracy: Doubles  # share of right answers
    weight: Doubles  # share of all weight
    rows: Ints
    error: float  # expected calibration error: mean of |accuracy - confidence| over bins, by weight
    overconfidence: float  # mean of confidence - accuracy: > 0 claims too much


def reliability(outputs: Outputs, dataset: Dataset, *, bins: int = BINS) -> Reliability:
    """How right the answers are at each level of confidence, in bins of equal weight.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    scored = Scored.of(outputs, dataset)
    at = _bins(scored.confidence, scored.weight, bins)
    weight = _sums(at, scored.weight)
    sure = ratio(_sums(at, scored.weight * scored.confidence), weight, 0.0)
    right = ratio(_sums(at, scored.weight * scored.right), weight, 0.0)
    share = weight / weight.sum()
    return Reliability(
        confidence=sure,
        accuracy=right,
        weight=share,
        rows=np.bincount(at),
        error=float((share * np.abs(right - sure)).sum()),
        overconfidence=float((share * (sure - right)).sum()),
    )


def expected_calibration_error(outputs: Outputs, dataset: Dataset, *, bins: int = BINS) -> float:
    """Mean distance of confidence from accuracy, 0 to 1, over bins of equal weight."""
    return reliability(outputs, dataset, bins=bins).error


def ece(scored: Scored, weights: Doubles) -> Doubles:
    """The same as a metric: bins are set once by the rows' own weights, then filled with each set of weights."""
    at = _bins(scored.confidence, scored.weight, BINS)
    gap = np.zeros((len(scored), at.max() + 1))
    gap[np.arange(len(scored)), at] = scored.right - scored.confidence
    return ratio(np.abs(weights @ gap).sum(axis=1), weights.sum(axis=1), np.nan)


@dataclass(frozen=True, eq=False)
class Coverage:
    """One entry a distinct confidence, falling: what is answered when only confidence >= threshold is."""

    threshold: Doubles
    coverage: Doubles  # share of the weight that is answered
    error: Doubles  # share of wrong answers among it
    answered: Doubles  # rows that are answered (their effective number where they have weights)

    def at(self, threshold: float) -> tuple[float, float]:
        """Coverage and error when rows below `threshold` are rejected; error is NaN when all are."""
        reached = np.flatnonzero(self.threshold >= threshold)
        return (float(self.coverage[reached[-1]]), float(self.error[reached[-1]])) if len(reached) else (0.0, np.nan)

    def threshold_for(self, max_error: float, *, sure: float = 0.0) -> float | None:
        """The lowest confidence to accept so that at most `max_error` of the accepted answers are wrong.

        Args:
            max_error: share of wrong answers, 0 to 1 ("2 %" is 0.02).
            sure: 0 takes the error as measured; 0.9 asks for an upper bound that holds with 90 % (Clopper & Pearson
                1934, as in selection with guaranteed risk, Geifman & El-Yaniv 2017).

        Returns:
            A threshold, or None where no threshold keeps the promise.

        Raises:
            InputError: max_error is no share.
        """
        if not 0 <= max_error < 1:
            raise InputError(f"the wanted error must be a share from 0 to below 1; got {max_error}; 2 % is 0.02")
        error = self.error if sure <= 0 else _upper_bound(self.error, self.answered, sure)
        kept = np.flatnonzero(error <= max_error)
        return float(self.threshold[kept[-1]]) if len(kept) else None


def coverage_curve(outputs: Outputs, dataset: Dataset) -> Coverage:
    """Error against coverage, as fewer and fewer unsure rows are rejected.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    scored = Scored.of(outputs, dataset)
    order = np.argsort(-scored.confidence, kind="stable")
    confidence, weight = scored.confidence[order], scored.weight[order]
    last = np.append(np.flatnonzero(np.diff(confidence)), len(order) - 1)  # of each run of equal confidences
    answered, wrong = np.cumsum(weight)[last], np.cumsum(weight * (1 - scored.right[order]))[last]
    return Coverage(
        threshold=confidence[last],
        coverage=answered / weight.sum(),
        error=ratio(wrong, answered, 0.0),
        answered=ratio(answered**2, np.cumsum(weight**2)[last], 0.0),  # Kish 1965
    )


def _sums(at: Ints, values: Doubles) -> Doubles:
    return np.asarray(np.bincount(at, weights=values), np.float64)


def _bins(values: Doubles, weights: Doubles, bins: int) -> Ints:
    """(rows,): the bin of each row, of about equal weight; numbered without gaps, equal values together."""
    _, inverse = np.unique(values, return_inverse=True)
    weight = np.bincount(inverse, weights=weights)
    middle = (np.cumsum(weight) - weight / 2) / weight.sum()
    raw = np.minimum((middle * bins).astype(np.int64), bins - 1)
    return np.asarray(np.unique(raw, return_inverse=True)[1][inverse], np.int64)


def _upper_bound(error: Doubles, rows: Doubles, sure: float) -> Doubles:
    from scipy.stats import beta

    wrong = error * rows
    right = np.clip(rows - wrong, 1e-9, None)
    return np.where(wrong >= rows, 1.0, np.asarray(beta.ppf(sure, wrong + 1, right), np.float64))
