"""Can a classifier tell two parts apart by their inputs?

If it cannot, the parts look alike. Hashed word and character n-grams and a logistic regression, answered out-of-fold
with whole groups on one side; its AUROC is 0.5 when the parts look the same.

References:
    Lopez-Paz & Oquab 2017, "Revisiting classifier two-sample tests".
    Hanley & McNeil 1982, "The meaning and use of the area under a ROC curve" (the interval).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Dataset, Ids, Ints, subset
from naeum.diagnose.rates import Rate
from naeum.diagnose.texts import texts

MAX_ROWS = 2000  # a part: the AUROC is then known to about ±0.02
MAX_CHARACTERS = 2000  # of a text: what tells parts apart shows early, and one huge cell must not take minutes
FOLDS = 3  # one learns on 2,700 of 4,000 rows; more folds would take longer and tell little more
Z95 = 1.959963984540054  # the 97.5 % quantile of the normal distribution


@dataclass(frozen=True, eq=False)
class Apart:
    """How far two parts can be told apart."""

    auroc: Rate
    likeness: npt.NDArray[np.float64]  # (looked-at rows of the second part,): log-odds of being of the second part
    ids: Ids  # of those rows


def tell_apart(first: Dataset, second: Dataset, *, seed: int = 0) -> Apart:
    """Out-of-fold answers of a classifier that learns which of two parts a row is of."""
    rng = np.random.default_rng(seed)
    one, other = (
        subset(part, np.sort(rng.permutation(len(part))[:MAX_ROWS]), f"{part.key}/apart") for part in (first, second)
    )
    sides = np.repeat([0, 1], [len(one), len(other)])
    scores = _held_out(texts(one) + texts(other), sides, np.concatenate([one.group, other.group]), rng)
    return Apart(auroc(scores[sides == 1], scores[sides == 0]), scores[sides == 1], other.ids)


def auroc(positive: npt.NDArray[Any], negative: npt.NDArray[Any]) -> Rate:
    """The chance that a positive row scores above a negative one, with the interval of Hanley & McNeil.

    Example:
        >>> print(auroc(np.array([3.0, 4.0]), np.array([1.0, 2.0])).value)
        1.0
    """
    from scipy.stats import rankdata

    n, m = len(positive), len(negative)
    ranks = rankdata(np.concatenate([positive, negative]))
    area = float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
    above, below = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (n - 1) * (above - area**2) + (m - 1) * (below - area**2)
    half = Z95 * sqrt(max(spread, 0.0) / (n * m))
    return Rate(area, max(area - half, 0.0), min(area + half, 1.0))


def _held_out(words: list[str], sides: Ints, group: Ints, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """(rows,) log-odds of the second side, each row answered by a model that saw no row of its group."""
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 4), n_features=2**16, alternate_sign=False)
    features = vectorizer.transform([text[:MAX_CHARACTERS] for text in words])
    names, member = np.unique(group, return_inverse=True)
    fold = (rng.permutation(len(names)) % FOLDS)[member]
    scores = np.zeros(len(words))
    for number in range(FOLDS):
        learn, held = fold != number, fold == number
        if held.any() and len(sets.unique(sides[learn])) == 2:
            model = LogisticRegression(C=3.0, solver="liblinear", dual=True, class_weight="balanced", random_state=0)
            scores[held] = model.fit(features[learn], sides[learn]).decision_function(features[held])
    return scores
