"""Which metrics follow from how often each class was true, was answered, and was answered rightly?

All take weights of shape (sets, rows) and give (sets,). Counting is one weighted `bincount` a set: no matrix of
(rows, classes) is made. Definitions as in scikit-learn: a class that is neither true nor answered in the rows does not
count in an average, and 0 / 0 within a class that does is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from naeum.contract import Ints
from naeum.measure.scored import Doubles, Scored, mean, ratio


@dataclass(frozen=True, eq=False)
class Counts:
    """Weights of rows by class, each of shape (sets, classes)."""

    true: Doubles  # rows whose truth is the class
    answered: Doubles  # rows whose answer is the class
    right: Doubles  # both

    @property
    def total(self) -> Doubles:
        """(sets,)"""
        return np.asarray(self.true.sum(axis=1))


def counts(scored: Scored, weights: Doubles) -> Counts:
    """How much weight each class has as truth, as answer, and as both."""
    return Counts(
        true=_tally(scored.truth, weights, scored.classes),
        answered=_tally(scored.predicted, weights, scored.classes),
        right=_tally(scored.truth, weights * scored.right, scored.classes),
    )


def _tally(codes: Ints, weights: Doubles, classes: int) -> Doubles:
    return np.stack([np.bincount(codes, weights=row, minlength=classes) for row in weights])


def _average(of_class: Doubles, counted: Doubles) -> Doubles:
    """(sets,): weighted means over classes; NaN where no class counts."""
    return ratio((of_class * counted).sum(axis=1), counted.sum(axis=1), np.nan)


def _f1(table: Counts) -> Doubles:
    """(sets, classes): F1 = 2 right / (true + answered)."""
    return ratio(2 * table.right, table.true + table.answered, 0.0)


def accuracy(scored: Scored, weights: Doubles) -> Doubles:
    """Share of right answers."""
    return mean(scored.right, weights)


def balanced_accuracy(scored: Scored, weights: Doubles) -> Doubles:
    """Mean recall over the classes that are true somewhere in the rows (Brodersen et al. 2010)."""
    table = counts(scored, weights)
    return _average(ratio(table.right, table.true, 0.0), np.asarray(table.true > 0, np.float64))


def macro_f1(scored: Scored, weights: Doubles) -> Doubles:
    """Mean F1 over the classes that are true or answered somewhere in the rows."""
    table = counts(scored, weights)
    return _average(_f1(table), np.asarray(table.true + table.answered > 0, np.float64))


def weighted_f1(scored: Scored, weights: Doubles) -> Doubles:
    """F1 averaged by how often a class is true."""
    table = counts(scored, weights)
    return _average(_f1(table), table.true)


def positive_f1(scored: Scored, weights: Doubles) -> Doubles:
    """F1 of the positive class; of more than two classes without a named one, the macro average."""
    if scored.positive is None:
        return macro_f1(scored, weights)
    return np.asarray(_f1(counts(scored, weights))[:, scored.positive])


def mcc(scored: Scored, weights: Doubles) -> Doubles:
    """Matthews' correlation of truth and answer over all classes (Gorodkin 2004); 0 where one of them never varies."""
    table, total = counts(scored, weights), weights.sum(axis=1)
    shared = table.right.sum(axis=1) * total - (table.true * table.answered).sum(axis=1)
    spread_true = total**2 - (table.true**2).sum(axis=1)
    spread_answered = total**2 - (table.answered**2).sum(axis=1)
    spread = np.sqrt(np.clip(spread_true, 0, None)) * np.sqrt(np.clip(spread_answered, 0, None))
    varies = (table.true > 0).sum(axis=1) * (table.answered > 0).sum(axis=1)
    # A spread of one class alone is 0 but for rounding: it must not be divided by.
    constant = ((table.true > 0).sum(axis=1) <= 1) | ((table.answered > 0).sum(axis=1) <= 1)
    return np.where(varies == 0, np.nan, ratio(shared, np.where(constant, 0.0, spread), 0.0))


def kappa(scored: Scored, weights: Doubles) -> Doubles:
    """Agreement beyond chance (Cohen 1960); 0 where truth and answer are one and the same class throughout."""
    table, total = counts(scored, weights), weights.sum(axis=1)
    seen = ratio(table.right.sum(axis=1), total, np.nan)
    chance = ratio((table.true * table.answered).sum(axis=1), total**2, np.nan)
    certain = (table.true > 0).sum(axis=1) * (table.answered > 0).sum(axis=1) == 1
    only_one = certain & (seen > 0)
    return ratio(seen - chance, np.where(only_one, 0.0, 1 - chance), 0.0)
