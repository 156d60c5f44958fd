"""Which labels look wrong, and how many are?

Confident learning: rows that confidently count for another class than their own (see measure/noise.py) are suspects;
the counts, scaled to the class sizes, are an estimate of the joint of given and true labels, and its off-diagonal mass
is the noise rate. A learner alone also suspects what it merely cannot tell apart, so two unlike learners must agree on
a row.

References:
    Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty in dataset labels".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Ids, Ints
from naeum.diagnose.rates import quantiles
from naeum.errors import InputError
from naeum.measure.noise import FOLDS, JUDGEABLE_ROWS, fold_of, judge, out_of_fold, thresholds

__all__ = ["FOLDS", "JUDGEABLE_ROWS", "Noise", "agree", "find", "fold_of", "out_of_fold", "thresholds"]

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
    found = judge(probabilities, dataset)
    ids, classes = dataset.ids[found.rows], len(dataset.task.classes)
    return _noise(ids, found.given, found.assigned, found.margin, classes, seed)


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
