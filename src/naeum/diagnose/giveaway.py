"""How far does one column alone give the target away?

A rule is learned on one half of the rows and scored on the other, so that a column of ids, which names every row, gives
nothing away. Two rules: the most frequent class of each value; and, for numbers, a tree of depth two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints

if TYPE_CHECKING:
    import pyarrow as pa

DEPTH = 2  # of the tree: up to four ranges; a deeper one is a model, not a giveaway
MAX_ROWS = 20_000  # rows looked at: 98 % against 97 % is told apart with far fewer


@dataclass(frozen=True)
class Giveaway:
    """A column's rule, scored on the half of the rows it was not learned on."""

    column: str
    accuracy: float
    majority: float  # accuracy of always saying the most frequent class
    explained: float  # share of the target's entropy that the column's values take away, in [0, 1]
    rows: int

    @property
    def closed(self) -> float:
        """The share of the majority's mistakes that the rule does not make."""
        return (self.accuracy - self.majority) / max(1 - self.majority, 1e-12)


def giveaway(column: str, cells: pa.ChunkedArray[Any], target: Ints, *, seed: int = 0) -> Giveaway:
    """How well `cells` alone tell the target; unlabelled rows are left out.

    Args:
        column: name, for the answer.
        cells: (rows,) of any Arrow type.
        target: (rows,) codes, -1 = unlabelled.
        seed: of the halves.
    """
    rng = np.random.default_rng(seed)
    known = rng.permutation(np.flatnonzero(target >= 0))[:MAX_ROWS]
    label = target[known]
    taken = cells.take(known)
    values = _codes(taken)
    half = len(known) // 2
    majority = int(np.bincount(label[:half]).argmax()) if half else 0
    accuracies = [_by_value(values, label, half, majority)]
    numbers = _numbers(taken)
    if numbers is not None and half:
        accuracies.append(_by_tree(numbers, label, half))
    return Giveaway(
        column=column,
        accuracy=max(accuracies),
        majority=float((label[half:] == majority).mean()) if len(label) else 0.0,
        explained=explained(values, label),
        rows=len(label) - half,
    )


def explained(values: Ints, label: Ints) -> float:
    """1 - H(label | value) / H(label): the share of the label's entropy that the value takes away (Theil's U).

    Example:
        >>> label = np.array([0, 0, 1, 1])
        >>> explained(label, label), explained(np.zeros(4, np.int64), label)
        (1.0, 0.0)
    """
    joint = np.unique(values * (label.max(initial=0) + 1) + label, return_counts=True)[1]
    whole = _entropy(np.unique(label, return_counts=True)[1])
    within = _entropy(joint) - _entropy(np.unique(values, return_counts=True)[1])
    return float(np.clip(1 - within / whole, 0.0, 1.0)) if whole > 0 else 0.0


def _entropy(counts: npt.NDArray[Any]) -> float:
    shares = counts / max(counts.sum(), 1)
    return float(-(shares * np.log(shares)).sum())


def _by_value(values: Ints, label: Ints, half: int, majority: int) -> float:
    """Accuracy of the most frequent class of each value; a value that the first half lacks gets the majority."""
    if not len(values) - half:
        return 0.0
    classes = int(label.max(initial=0)) + 1
    seen, place = np.unique(values[:half], return_inverse=True)
    counts = np.bincount(place * classes + label[:half], minlength=len(seen) * classes).reshape(len(seen), classes)
    rule = np.full(int(values.max(initial=0)) + 1, majority, np.int64)
    rule[seen] = counts.argmax(axis=1)
    return float((rule[values[half:]] == label[half:]).mean())


def _codes(cells: pa.ChunkedArray[Any]) -> Ints:
    """(rows,) a number for each different cell; missing is a value too."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_nested(cells.type):  # Arrow has no codes for them
        words = np.asarray([str(cell) for cell in cells.to_pylist()], dtype=object)
        return np.asarray(np.unique(words, return_inverse=True)[1], np.int64)
    arrow: Any = pc  # the stubs lack functions that are there
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    coded = arrow.dictionary_encode(whole, null_encoding="encode")
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False), np.int64)


def _by_tree(numbers: npt.NDArray[np.float64], label: Ints, half: int) -> float:
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=DEPTH, random_state=0).fit(numbers[:half, None], label[:half])
    return float((tree.predict(numbers[half:, None]) == label[half:]).mean())


def _numbers(cells: pa.ChunkedArray[Any]) -> npt.NDArray[np.float64] | None:
    """The cells as numbers (missing: below all others), times as seconds; None for texts and nested cells."""
    import pyarrow as pa

    kind = cells.type
    if pa.types.is_temporal(kind):
        raw = [None if cell is None else getattr(cell, "timestamp", lambda: None)() for cell in cells.to_pylist()]
        numbers = np.asarray([np.nan if cell is None else float(cell) for cell in raw], np.float64)
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        numbers = np.asarray(cells.cast(pa.float64()).to_numpy(), np.float64)
    else:
        return None
    there = np.isfinite(numbers)
    lowest = numbers[there].min() if there.any() else 0.0
    return np.where(there, numbers, lowest - 1)
