"""How far do annotators agree, beyond what chance would have them agree?

Every measure is 1 for perfect agreement and 0 for what chance gives.

References:
    Cohen 1960, "A coefficient of agreement for nominal scales".
    Fleiss 1971, "Measuring nominal scale agreement among many raters".
    Krippendorff 2011, "Computing Krippendorff's alpha-reliability" (nominal; missing ratings are allowed).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints


def cohen(one: Ints, other: Ints) -> float:
    """Cohen's kappa of two annotators, over the items that both labelled (codes; -1 = not labelled).

    Example:
        >>> round(cohen(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])), 3)
        0.5
    """
    both = (one >= 0) & (other >= 0)
    if not both.any():
        return float("nan")
    classes = int(max(one[both].max(), other[both].max())) + 1
    first, second = (np.bincount(each[both], minlength=classes) / both.sum() for each in (one, other))
    return _beyond(float((one[both] == other[both]).mean()), float(first @ second))


def fleiss(ratings: Ints) -> float:
    """Fleiss' kappa of ratings (items, raters), over the items that have as many ratings as most have (two at least).

    Example:
        >>> round(fleiss(np.array([[0, 0, 0], [1, 1, 0], [1, 1, 1]])), 3)
        0.55
    """
    counts = _counts(ratings)
    rated = counts.sum(axis=1).astype(np.int64)
    able = rated[rated >= 2]
    if not len(able):
        return float("nan")
    most = int(np.bincount(able).argmax())
    counts = counts[rated == most]
    agreeing = ((counts**2).sum(axis=1) - most) / (most * (most - 1))
    shares = counts.sum(axis=0) / counts.sum()
    return _beyond(float(agreeing.mean()), float((shares**2).sum()))


def krippendorff(ratings: Ints) -> float:
    """Krippendorff's alpha for names, of ratings (items, raters) with -1 = missing.

    Example:
        >>> round(krippendorff(np.array([[0, 0, -1], [1, 1, 1], [0, 1, 0]])), 3)
        0.562
    """
    counts = _counts(ratings)
    rated = counts.sum(axis=1)
    counts, rated = counts[rated >= 2], rated[rated >= 2]
    total = rated.sum()
    if total < 2:
        return float("nan")
    observed = float(((rated**2 - (counts**2).sum(axis=1)) / (rated - 1)).sum() / total)
    sums = counts.sum(axis=0)
    expected = float((total**2 - (sums**2).sum()) / (total * (total - 1)))
    return 1.0 if expected == 0 else 1 - observed / expected


def _counts(ratings: Ints) -> npt.NDArray[np.float64]:
    """(items, classes) how often each item was given each class."""
    classes = int(ratings.max(initial=0)) + 1
    counts = np.zeros((len(ratings), classes))
    items, raters = np.nonzero(ratings >= 0)
    np.add.at(counts, (items, ratings[items, raters]), 1)
    return counts


def _beyond(seen: float, chance: float) -> float:
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)
