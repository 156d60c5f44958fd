"""Which rows without a target may be learned from, beside those of the training file?

A file of such rows needs the input columns alone; whatever else it holds, targets too, is not looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from naeum.contract import Dataset, Task
from naeum.data.parts import Data, joined, keyed
from naeum.data.read import read
from naeum.errors import InputError

NOBODY = "\x00 no target"  # the name of a column that no file has


def read_unlabelled(source: Any, task: Task) -> Data:
    """The rows of a file, as rows without a target.

    Args:
        source: whatever `read` takes.
        task: of the training rows.

    Raises:
        InputError: the file lacks an input column.

    Example:
        >>> more = read_unlabelled([{"text": "하나", "label": "?"}], Task(classes=("a", "b")))
        >>> more.dataset.target.tolist(), more.dataset.task.classes
        ([-1], ('a', 'b'))
    """
    data = read(source, task=replace(task, target=NOBODY), part="test")
    count = len(data.dataset)
    bare = replace(data.dataset, task=task, target=np.full(count, -1, np.int64), soft=None, truth=None)
    return replace(data, dataset=keyed(bare), notes=(f"rows of the unlabelled file: {count}",))


def with_more(own: Dataset, more: Data | None) -> Dataset:
    """The rows of the training file without a target, and those of the file of such rows, each id once.

    Raises:
        InputError: the file has other input columns.
    """
    bare = replace(own, soft=None, truth=None)
    if more is None:
        return keyed(bare) if own.truth is not None else own
    if more.dataset.task.inputs != own.task.inputs:
        raise InputError(
            f"unlabelled rows must have the input columns of the training data, {', '.join(own.task.inputs)}; got "
            f"{', '.join(more.dataset.task.inputs)}; rename them"
        )
    return joined((bare, more.dataset))
