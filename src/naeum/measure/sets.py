"""How good are answers of several labels a row?

Definitions as in scikit-learn: a label that is neither true nor answered in the rows does not count in an average, and
0 / 0 within one that does is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from naeum import decoding
from naeum.contract import Dataset, Ints, Outputs, Task
from naeum.errors import InputError
from naeum.measure.scored import Doubles, comparable, mean, ratio
from naeum.measure.words import flat, sizes

LEAST_PROBABILITY = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class ScoredSets:
    """Rows with a set of labels each and the answers to them."""

    task: Task
    truth: npt.NDArray[np.bool_]  # (rows, classes)
    predicted: npt.NDArray[np.bool_]  # (rows, classes)
    probabilities: Doubles  # (rows, classes)
    weight: Doubles  # (rows,)
    group: Ints  # (rows,)

    def __len__(self) -> int:
        return len(self.truth)

    @cached_property
    def right(self) -> Doubles:
        """1.0 where exactly the true labels are answered."""
        return np.asarray((self.truth == self.predicted).all(axis=1), np.float64)

    @cached_property
    def errors(self) -> Doubles:
        """Jaccard distance of the two sets; 0 where both are empty."""
        both, either = (self.truth & self.predicted).sum(axis=1), (self.truth | self.predicted).sum(axis=1)
        return 1.0 - ratio(np.asarray(both, np.float64), np.asarray(either, np.float64), 1.0)

    @classmethod
    def of(cls, outputs: Outputs, dataset: Dataset) -> ScoredSets:
        """The labelled rows of `dataset` with their answers.

        Raises:
            InputError: the answers do not belong to the rows, hold NaN, or no row is labelled.
        """
        if dataset.task.output != "labels" or dataset.truth is None:
            raise InputError(
                f"these metrics must be given several labels a row; got the output {dataset.task.output!r}; "
                "choose another metric"
            )
        rows = comparable(outputs, dataset)
        return cls(
            task=dataset.task,
            truth=indicator(dataset)[rows],
            predicted=decoding.chosen(outputs)[rows],
            probabilities=np.asarray(outputs.probabilities, np.float64)[rows],
            weight=np.asarray(dataset.weight, np.float64)[rows],
            group=dataset.group[rows],
        )


def indicator(dataset: Dataset) -> npt.NDArray[np.bool_]:
    """(rows, classes) which labels a row has; none where it is unlabelled."""
    found = np.zeros((len(dataset), len(dataset.task.classes)), np.bool_)
    if dataset.truth is not None:
        found[np.repeat(np.arange(len(dataset)), sizes(dataset.truth)), flat(dataset.truth)] = True
    return found


def exact(scored: ScoredSets, weights: Doubles) -> Doubles:
    """Share of rows of which exactly the true labels are answered."""
    return mean(scored.right, weights)


def jaccard(scored: ScoredSets, weights: Doubles) -> Doubles:
    """Mean over rows of |true ∩ answered| / |true ∪ answered|."""
    return mean(1.0 - scored.errors, weights)


def hamming(scored: ScoredSets, weights: Doubles) -> Doubles:
    """Share of labels, over rows and classes, that are wrong."""
    return mean(np.asarray((scored.truth != scored.predicted).mean(axis=1), np.float64), weights)


def micro_f1(scored: ScoredSets, weights: Doubles) -> Doubles:
    """F1 of all labels together."""
    both, sizes = _tallies(scored, weights)
    return ratio(2 * both.sum(axis=1), sizes.sum(axis=1), 0.0)


def macro_f1(scored: ScoredSets, weights: Doubles) -> Doubles:
    """Mean F1 over the labels that are true or answered somewhere in the rows."""
    both, sizes = _tallies(scored, weights)
    counted = np.asarray(sizes > 0, np.float64)
    return ratio((ratio(2 * both, sizes, 0.0) * counted).sum(axis=1), counted.sum(axis=1), np.nan)


def log_loss(scored: ScoredSets, weights: Doubles) -> Doubles:
    """Mean over rows and labels of -ln(probability of the truth), in nats."""
    told = np.where(scored.truth, scored.probabilities, 1 - scored.probabilities)
    return mean(-np.log(np.clip(told, LEAST_PROBABILITY, 1.0)).mean(axis=1), weights)


def _tallies(scored: ScoredSets, weights: Doubles) -> tuple[Doubles, Doubles]:
    """(sets, classes): weight of rows with both, and of true plus of answered ones."""
    both = weights @ np.asarray(scored.truth & scored.predicted, np.float64)
    sizes = weights @ (scored.truth.astype(np.float64) + scored.predicted)
    return np.asarray(both), np.asarray(sizes)
