"""Which class does a row seem to be of, whatever its label says?

Confident learning: a row counts for class j when its out-of-fold probability of j is at least what rows labelled j get
on average, and for the likeliest of these where there are several.

References:
    Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty in dataset labels".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Ints, Outputs, subset
from naeum.errors import InputError, NotApplicable

FitPredict = Callable[[Dataset, Dataset], Outputs]  # (rows to learn, rows to answer) -> answers

FOLDS = 5  # each learner sees 80 % of the rows; more folds cost more and change the ranking little
JUDGEABLE_ROWS = 5  # rows a class needs to be judged: with fewer a fold's learner has hardly met the class


@dataclass(frozen=True, eq=False)
class Judged:
    """What out-of-fold probabilities say of the labels of rows; one entry a judged row."""

    rows: Ints  # positions in the data set
    given: Ints  # codes
    assigned: Ints  # the class the row confidently counts for; -1 = for none
    margin: Floats  # p(given) - largest other p; low = looks wrong


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


def judge(probabilities: npt.NDArray[Any], dataset: Dataset) -> Judged:
    """What each labelled row counts for.

    Args:
        probabilities: (rows, classes) out-of-fold, see `out_of_fold`.
        dataset: the rows; unlabelled rows and those of classes with fewer than JUDGEABLE_ROWS rows are not judged.

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
    return Judged(judged, given, assigned, margin)


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
