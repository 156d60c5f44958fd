"""Which rows are of one sort, so that every part should get its share of them?"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from naeum import sets
from naeum.contract import Dataset, Ints
from naeum.data.spool import Chunk, Column

BINS = 10  # of numbers, by their quantiles: each part then has the same spread
NONE = -1


def strata(data: Dataset) -> Ints:
    """(rows,) the sort of each row, from 0; -1 where it has no target.

    A class is a sort; numbers are of the sort of their decile; rows with several labels are of the sort of the rarest
    of them, sentences of that of their rarest tag; passages with an answer are one sort, others another.

    Example:
        >>> from naeum.testing.data import make
        >>> strata(make(4)).tolist()
        [0, 1, 0, 1]
    """
    output, truth = data.task.output, data.truth
    if output == "label" or truth is None:
        return data.target
    if output == "number":
        found = _deciles(truth.to_numpy().astype(np.float64))
    elif output == "span":
        found = np.concatenate([np.minimum(_sizes(chunk), 1) for chunk in truth.chunks])
    else:
        found = _rarest(truth, len(data.task.classes))
    return np.asarray(np.where(data.target >= 0, found, NONE), np.int64)


def _deciles(numbers: npt.NDArray[np.float64]) -> Ints:
    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return np.zeros(len(numbers), np.int64)
    inner = sets.unique(np.quantile(known, np.arange(1, BINS) / BINS))
    return np.asarray(np.searchsorted(inner, np.nan_to_num(numbers), side="right"), np.int64)


def _rarest(lists: Column, classes: int) -> Ints:
    """The rarest code of each list; `classes` where a list is empty."""
    codes = np.concatenate([_numbers(chunk.flatten()) for chunk in lists.chunks] or [np.empty(0, np.int64)])
    sizes = np.concatenate([_sizes(chunk) for chunk in lists.chunks] or [np.empty(0, np.int64)])
    counts = np.bincount(codes, minlength=classes + 1)
    rank = np.empty(classes + 1, np.int64)
    rank[np.lexsort((np.arange(classes + 1), counts))] = np.arange(classes + 1)
    found = np.full(len(sizes), classes)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((-rank[codes], rows))  # the rarest of a row comes last, and is written last
    found[rows[order]] = codes[order]
    return found


def _numbers(array: Chunk) -> Ints:
    return np.asarray(array.to_numpy(zero_copy_only=False), np.int64)


def _sizes(lists: Chunk) -> Ints:
    arrow: Any = pc  # the stubs want arrays where numbers will do
    return _numbers(arrow.fill_null(arrow.list_value_length(lists), 0))
