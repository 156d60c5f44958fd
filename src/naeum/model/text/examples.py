"""What of a data set does a network read: which texts, which rows?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import REAL, Dataset, Task, subset
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa


def texts(rows: pa.Table, task: Task) -> list[str]:
    """The text of each row: its input columns, joined by a space where there are several; empty where there is none.

    Example:
        >>> import pyarrow as pa
        >>> texts(pa.table({"a": ["좋은", None], "b": ["영화", "b"]}), Task(inputs=("a", "b")))
        ['좋은 영화', 'b']
    """
    columns = [["" if cell is None else str(cell) for cell in rows.column(name).to_pylist()] for name in task.inputs]
    if len(columns) == 1:
        return columns[0]
    return [" ".join(filter(None, cells)) for cells in zip(*columns, strict=True)]


def labelled(data: Dataset) -> Dataset:
    """The rows that say what is to be learned: a label, or a soft target; weights with mean one.

    Example:
        >>> from naeum.testing.data import make
        >>> len(labelled(replace(make(4), target=np.array([0, -1, 1, -1]))))
        2
    """
    known = data.target >= 0
    if data.soft is not None:
        known = known | (data.soft.sum(axis=1) > 0)
    found = subset(data, np.flatnonzero(known), data.key)
    mean = float(found.weight.mean()) if len(found) else 1.0
    return replace(found, weight=np.asarray(found.weight / (mean or 1.0), np.float32))


def to_learn(data: Dataset, kind: str) -> Dataset:
    """The labelled rows of fit.

    Raises:
        InputError: there are none.
    """
    found = labelled(data)
    if not len(found):
        raise InputError(f"{kind} must have labelled rows to learn from; got none of {len(data)} rows; give labels")
    return found


def unlabelled(rows: pa.Table, task: Task) -> Dataset:
    """Bare rows as a data set without labels, for what reads data sets.

    Example:
        >>> import pyarrow as pa
        >>> unlabelled(pa.table({"text": ["가", "나"]}), Task()).target.tolist()
        [-1, -1]
    """
    count = len(rows)
    ids = np.arange(count, dtype=np.uint64)
    return Dataset(
        task=task,
        rows=rows,
        ids=ids,
        target=np.full(count, -1, np.int64),
        weight=np.ones(count, np.float32),
        key="",
        group=np.arange(count),
        origin=np.full(count, REAL, np.uint8),
        parent=ids,
    )
