"""Which labels look wrong, and how many are?

Confident learning: a row counts for class j when its out-of-fold probability of j is at least what rows labelled j get
on average. Rows that count for another class than their own are suspects; the counts, scaled to the class sizes, are
an estimate of the joint of given and true labels, and its off-diagonal mass is the noise rate. A learner alone also
suspects what it merely cannot tell apart, so two unlike learners must agree on a row.

References:
    Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty in dataset labels".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Ids, Ints, Outputs, subset
from naeum.diagnose.rates import quantiles
from naeum.errors import InputError, NotApplicable

FitPredict = Callable[[Dataset, Dataset], Outputs]  # (rows to learn, rows to answer) -> answers

FOLDS = 5  # each learner sees 80 % of the rows; more folds cost more and change the ranking little
JUDGEABLE_ROWS = 5  # rows a class needs to be judged: with fewer a fold's learner has hardly met the class
LEARNERS = 2  # unlike learners that must agree on a row: one alone suspects what it cannot tell apart
RESAMPLES = 1000  # bootstrap resamples of the noise rate


@dataclass(frozen=True, eq=False)
class Noise:
    """Labels that look wrong.

    Arrays `ids` to `margin` have one entry a judged row; `suspects` are positions in them.
    """

    ids: Ids
    given: Ints  # codes
    assigned: Ints  # the class the row confidently counts for; -1 = for none, or the learners disagree
    margin: Floats  # p(given) - largest other p; low = looks wrong
    suspects: Ints  # positions, the most suspicious first
    rate: float  # estimated share of wrong labels
    low: float
    high: float
    joint: npt.NDArray[np.float64]  # (classes, classes): share of rows with given label i and true label j
    learners: int = 1  # that agree

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def suggested(self) -> Ints:
        """The class each suspect seems to be of, in the order of `suspects`."""
        return np.asarray(self.assigned[self.suspects], np.int64)

    def listed(self, classes: tuple[str, ...]) -> list[dict[str, Any]]:
        """Every suspect as {"id", "label", "suggested", "score"}; score in [0, 1], 0 = surely wrong."""
        return [
            {
                "id": int(self.ids[at]),
                "label": classes[int(self.given[at])],
                "suggested": classes[int(self.assigned[at])],
                "score": float((1 + self.margin[at]) / 2),
            }
            for at in self.suspects
        ]

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": len(self),
            "learners": self.learners,
            "suspects": len(self.suspects),
            "rate": self.rate,
            "low": self.low,
            "high": self.high,
        }


def thresholds(probabilities: npt.NDArray[Any], given: Ints) -> npt.NDArray[np.float64]:
    """(classes,) the average probability of each class over the rows labelled with it; 2 (never reached) without rows.

    Example:
        >>> thresholds(np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]]), np.array([0, 0, 1])).round(2).tolist()
        [0.8, 0.8]
    """
    classes = probabilities.shape[1]
    counts = np.bincount(given, minlength=classes)
    own = probabilities[np.arange(len(given)), given].astype(np.float64)
    sums = np.bincount(given, weights=own, minlength=classes)
    return np.where(counts > 0, sums / np.maximum(counts, 1), 2.0)


def find(probabilities: npt.NDArray[Any], dataset: Dataset, *, seed: int = 0) -> Noise:
    """The suspects of one learner.

    Args:
        probabilities: (rows, classes) out-of-fold, see `out_of_fold`.
        dataset: the rows; unlabelled rows and those of classes with fewer than JUDGEABLE_ROWS rows are not judged.
        seed: of the interval's bootstrap.

    Raises:
        InputError: not one line of probabilities a row.
        NotApplicable: fewer than two classes can be judged.
    """
    if probabilities.shape != (len(dataset), len(dataset.task.classes)):
        raise InputError(
            f"probabilities must be ({len(dataset)}, {len(dataset.task.classes)}); got {probabilities.shape};"
            " give out-of-fold probabilities of every row"
        )
    known = np.flatnonzero(dataset.target >= 0)
    counts = np.bincount(dataset.target[known], minlength=len(dataset.task.classes))
    judged = known[counts[dataset.target[known]] >= JUDGEABLE_ROWS]
    if (counts >= JUDGEABLE_ROWS).sum() < 2:
        raise NotApplicable(f"label noise needs two classes with {JUDGEABLE_ROWS} rows each; got counts {counts[:9]}")
    chances, given = probabilities[judged].astype(np.float64), dataset.target[judged]
    limits = np.where(counts >= JUDGEABLE_ROWS, thresholds(chances, given), 2.0)
    confident = np.where(chances >= limits, chances, -1.0)
    assigned = np.where(confident.max(axis=1) >= 0, confident.argmax(axis=1), -1).astype(np.int64)
    own = chances[np.arange(len(given)), given]
    chances[np.arange(len(given)), given] = -np.inf
    margin = (own - chances.max(axis=1)).astype(np.float32)
    return _noise(dataset.ids[judged], given, assigned, margin, len(counts), seed)


def agree(first: Noise, second: Noise, *, seed: int = 0) -> Noise:
    """What two unlike learners both say: a row counts for a class only where both count it there.

    Raises:
        InputError: they judged different rows.
    """
    if not np.array_equal(first.ids, second.ids):
        raise InputError(
            f"both learners must judge the same rows; got {len(first)} and {len(second)}; use one data set and seed"
        )
    assigned = np.where(first.assigned == second.assigned, first.assigned, -1)
    margin = ((first.margin + second.margin) / 2).astype(np.float32)
    both = _noise(first.ids, first.given, assigned, margin, len(first.joint), seed)
    return replace(both, learners=first.learners + second.learners)


def out_of_fold(fit_predict: FitPredict, dataset: Dataset, *, folds: int = FOLDS, seed: int = 0) -> Floats:
    """(rows, classes) probabilities of every row by a learner that did not see it, its group or its children.

    Unlabelled rows are answered by the first fold's learner.

    Raises:
        InputError: fewer than two folds, or fewer groups than folds.
    """
    places = fold_of(dataset, folds=folds, seed=seed)
    answers = np.zeros((len(dataset), len(dataset.task.classes)), np.float32)
    for fold in range(folds):
        learn = np.flatnonzero((places != fold) & (dataset.target >= 0))
        held = np.flatnonzero((places == fold) | ((dataset.target < 0) & (fold == 0)))
        if len(held):
            name = f"{dataset.key}/noise{folds}.{seed}.{fold}"
            outputs = fit_predict(subset(dataset, learn, f"{name}/learn"), subset(dataset, held, f"{name}/held"))
            answers[held] = outputs.probabilities
    return answers


def fold_of(dataset: Dataset, *, folds: int = FOLDS, seed: int = 0) -> Ints:
    """(rows,) the fold of each labelled row, -1 for others: every class spread evenly, groups whole.

    Raises:
        InputError: fewer than two folds, or fewer groups than folds.
    """
    known = np.flatnonzero(dataset.target >= 0)
    groups, first, member, counts = np.unique(
        dataset.group[known], return_index=True, return_inverse=True, return_counts=True
    )
    if not 2 <= folds <= len(groups):
        raise InputError(f"there must be two folds or more, and a group for each; got {folds} for {len(groups)} groups")
    label = dataset.target[known][first]
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(groups)), -counts, label))  # a class after another, its large groups first
    dealt = np.empty(len(groups), np.int64)
    rows = np.zeros((len(dataset.task.classes), folds))
    totals = np.zeros(folds)
    for unit in order:
        fold = int(np.lexsort((totals, rows[label[unit]]))[0])  # least of this class, then least of all
        dealt[unit] = fold
        rows[label[unit], fold] += counts[unit]
        totals[fold] += counts[unit]
    places = np.full(len(dataset), -1, np.int64)
    places[known] = dealt[member]
    return places


def _noise(ids: Ids, given: Ints, assigned: Ints, margin: Floats, classes: int, seed: int) -> Noise:
    counted = assigned >= 0
    counts = np.zeros((classes, classes))
    np.add.at(counts, (given[counted], assigned[counted]), 1)
    sizes = np.bincount(given, minlength=classes).astype(np.float64)
    empty = counts.sum(axis=1) == 0
    counts[empty, empty] = 1.0  # no row of this class counts for any: nothing speaks against its labels
    joint = counts / counts.sum(axis=1, keepdims=True) * sizes[:, None] / max(len(ids), 1)
    off = np.flatnonzero(counted & (assigned != given))
    rate = quantiles(_rates(given, assigned, classes, np.random.default_rng(seed)), float(joint.sum() - joint.trace()))
    suspects = off[np.lexsort((ids[off], margin[off]))]
    return Noise(ids, given, assigned, margin, suspects, rate.value, rate.low, rate.high, joint)


def _rates(given: Ints, assigned: Ints, classes: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """(RESAMPLES,) noise rates of resampled rows: a class has rows that agree, that disagree and that say nothing."""
    kind = np.where(assigned < 0, 2, np.where(assigned == given, 0, 1))
    cells = np.bincount(given * 3 + kind, minlength=3 * classes)
    drawn = rng.multinomial(cells.sum(), cells / cells.sum(), size=RESAMPLES).reshape(RESAMPLES, classes, 3)
    agreeing, other = drawn[..., 0], drawn[..., 1]
    share = other / np.maximum(agreeing + other, 1)
    return np.asarray((share * drawn.sum(axis=2)).sum(axis=1) / cells.sum(), np.float64)
