"""How good is a model class by class, and which classes does it take for which?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from naeum.contract import Dataset, Outputs
from naeum.measure.counts import counts
from naeum.measure.intervals import LEVEL, Interval, wilson
from naeum.measure.scored import Doubles, Scored, ratio


@dataclass(frozen=True)
class ClassScore:
    """One class; values are NaN where nothing of the kind stands in the rows."""

    label: str
    precision: Interval  # of the rows answered with it, the share that is
    recall: Interval  # of its rows, the share that is found
    f1: Interval
    support: float  # weight of its rows
    answered: float  # weight of the rows answered with it


@dataclass(frozen=True)
class Confused:
    """One kind of mistake."""

    truth: str
    predicted: str
    rows: float  # weight
    share: float  # of the rows of that truth


def confusion(outputs: Outputs, dataset: Dataset) -> Doubles:
    """(classes, classes): weight of rows by truth (down) and answer (across).

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    scored = Scored.of(outputs, dataset)
    cell = scored.truth * scored.classes + scored.predicted
    flat = np.bincount(cell, weights=scored.weight, minlength=scored.classes**2)
    return np.asarray(flat.reshape(scored.classes, scored.classes))


def top_confusions(outputs: Outputs, dataset: Dataset, *, count: int = 10) -> tuple[Confused, ...]:
    """The most frequent mistakes, most frequent first; equals in the order of the classes."""
    table = confusion(outputs, dataset)
    support = table.sum(axis=1)
    wrong = table - np.diag(np.diag(table))
    cells = np.argsort(-wrong, axis=None, kind="stable")[:count]
    classes = dataset.task.classes
    pairs = [divmod(int(cell), len(classes)) for cell in cells]
    return tuple(
        Confused(
            classes[truth], classes[answer], float(wrong[truth, answer]), float(wrong[truth, answer] / support[truth])
        )
        for truth, answer in pairs
        if wrong[truth, answer] > 0
    )


def per_class(outputs: Outputs, dataset: Dataset, *, level: float = LEVEL) -> tuple[ClassScore, ...]:
    """Precision, recall, F1 and support of every class, in the order of the task.

    Intervals are Wilson's and stay honest at 0 and 1, where a bootstrap collapses. F1 is not a share itself, but
    J = right / (true or answered) is, and F1 = 2 J / (1 + J) grows with it: so the ends of J's interval are carried
    over. Weights enter through the effective number of rows (Kish 1965); groups are not regarded.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    scored = Scored.of(outputs, dataset)
    table = counts(scored, scored.weight[None])
    true, answered, right = table.true[0], table.answered[0], table.right[0]
    effective = float(scored.weight.sum() / (scored.weight**2).sum())  # rows a unit of weight is worth
    either = true + answered - right
    precision = _shares(right, answered, effective, level)
    recall = _shares(right, true, effective, level)
    joint = _shares(right, either, effective, level)
    f1 = [Interval(_f1(one.value), _f1(one.low), _f1(one.high), level) for one in joint]
    return tuple(
        ClassScore(label, precision[at], recall[at], f1[at], float(true[at]), float(answered[at]))
        for at, label in enumerate(scored.task.classes)
    )


def _f1(joint: float) -> float:
    return 2 * joint / (1 + joint)


def _shares(right: Doubles, rows: Doubles, effective: float, level: float) -> list[Interval]:
    value = ratio(right, rows, np.nan)
    low, high = wilson(right * effective, rows * effective, level)
    return [Interval(float(v), float(a), float(b), level) for v, a, b in zip(value, low, high, strict=True)]
