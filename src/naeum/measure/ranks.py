"""How well do probabilities rank the rows of a class before all others? (AUROC, AUPRC)

Both need, for every positive row, the weight of the rows above and beside it. The rows are put into bins between and
at the positive scores once; each set of weights is then one `bincount` a class, without sorting again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from naeum import sets
from naeum.contract import Ints
from naeum.measure.scored import Doubles, Scored, ratio


@dataclass(frozen=True, eq=False)
class Ranking:
    """The rows of one class against all others: `bin` 2u + 1 is at the u-th distinct positive score, 2u below it."""

    positive: Ints  # positions of the positive rows
    negative: Ints
    positive_bin: Ints
    negative_bin: Ints
    bins: int

    @classmethod
    def of(cls, is_positive: np.ndarray[tuple[int], np.dtype[np.bool_]], scores: Doubles) -> Ranking:
        """Both arrays have one entry a row."""
        positive, negative = np.flatnonzero(is_positive), np.flatnonzero(~is_positive)
        distinct = sets.unique(scores[positive])
        left, right = np.searchsorted(distinct, scores, "left"), np.searchsorted(distinct, scores, "right")
        place = left + right  # even between two positive scores, odd at one
        return cls(positive, negative, place[positive], place[negative], 2 * len(distinct) + 1)

    def tally(self, weights: Doubles) -> tuple[Doubles, Doubles]:
        """Weight of positive and of negative rows in each bin, in rising order of score; weights are (rows,)."""
        positive = np.bincount(self.positive_bin, weights=weights[self.positive], minlength=self.bins)
        negative = np.bincount(self.negative_bin, weights=weights[self.negative], minlength=self.bins)
        return np.asarray(positive, np.float64), np.asarray(negative, np.float64)


def auroc(scored: Scored, weights: Doubles) -> Doubles:
    """Area under the ROC curve: P(a positive row is scored above a negative one), ties half (Hanley & McNeil 1982).

    Of two classes, or with a named positive class: that class. Else the mean over classes, each against the rest;
    classes without positive or without negative rows are left out (scikit-learn refuses them).
    """
    return _over_classes(scored, weights, _area)


def auprc(scored: Scored, weights: Doubles) -> Doubles:
    """Average precision: sum of precision times the step of recall, without interpolation (Davis & Goadrich 2006).

    Classes as in `auroc`; a class without positive rows is left out.
    """
    return _over_classes(scored, weights, _average_precision)


def _over_classes(scored: Scored, weights: Doubles, value: Callable[[Doubles, Doubles], float]) -> Doubles:
    wanted = range(scored.classes) if scored.positive is None else (scored.positive,)
    present = [code for code in wanted if (scored.truth == code).any()]
    if not present:
        return np.full(len(weights), np.nan)
    values = np.empty((len(present), len(weights)))
    for at, code in enumerate(present):
        ranking = Ranking.of(scored.truth == code, scored.probabilities[:, code])
        values[at] = [value(*ranking.tally(row)) for row in weights]
    known = np.isfinite(values)
    return ratio(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64), np.nan)


def _area(positive: Doubles, negative: Doubles) -> float:
    pairs = positive.sum() * negative.sum()
    below = np.cumsum(negative) - negative
    return float((positive * (below + negative / 2)).sum() / pairs) if pairs > 0 else float("nan")


def _average_precision(positive: Doubles, negative: Doubles) -> float:
    total = positive.sum()
    if total <= 0:
        return float("nan")
    found = np.cumsum(positive[::-1])
    precision = ratio(found, found + np.cumsum(negative[::-1]), 0.0)
    return float((precision * positive[::-1]).sum() / total)
