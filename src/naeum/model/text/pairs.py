"""What are the two texts of a row, and do they belong to a pair at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats, Task
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa


def is_pair(task: Task) -> bool:
    """Whether a row holds two texts and nothing else.

    Example:
        >>> is_pair(Task(inputs=("premise", "hypothesis"))), is_pair(Task())
        (True, False)
    """
    return len(task.inputs) == 2 and set(task.columns.values()) == {"text"}


def sides(rows: pa.Table, task: Task) -> tuple[list[str], list[str]]:
    """The first and the second text of each row; empty where there is none.

    Raises:
        InputError: a row does not hold two texts.

    Example:
        >>> import pyarrow as pa
        >>> sides(pa.table({"a": ["가", None], "b": ["나", "b"]}), Task(inputs=("a", "b")))
        (['가', ''], ['나', 'b'])
    """
    if not is_pair(task):
        raise InputError(
            f"a learner of pairs must be given two columns of text; got {', '.join(task.inputs) or 'none'}; name two "
            "with --text, or choose another learner"
        )
    first, second = (
        ["" if cell is None else str(cell) for cell in rows.column(name).to_pylist()] for name in task.inputs
    )
    return first, second


def compared(first: Floats, second: Floats) -> Floats:
    """(rows, 4 width + 1): both vectors, |u - v|, u * v and their cosine (Conneau et al. 2017, "Supervised learning of
    universal sentence representations").

    Example:
        >>> compared(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])).tolist()
        [[1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0]]
    """
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosine = (first * second).sum(axis=1) / np.maximum(lengths, np.finfo(np.float32).tiny)
    found = [first, second, np.abs(first - second), first * second, cosine[:, None]]
    return np.asarray(np.concatenate(found, axis=1), np.float32)
