"""Which rows of a table can a learner of a number be tried on?

The number grows with the fee and is higher in the south; it lies far from 0 and 1, as prices do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Parts, Task
from naeum.testing import data
from naeum.testing.worlds import table

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(inputs=table.TASK.inputs, target="가격", metric="r2", output="number", kinds=table.TASK.kinds)
SLOPE, SOUTH, NOISE = 10.0, 300.0, 20.0


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows whose number can be read from a number and a category, with a little noise.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.output
        (48, 16, 'number')
    """
    return Parts(_make(n, seed), _make(max(3, n // 3), seed + 1000))


def odd() -> pa.Table:
    """Missing and enormous numbers, unknown categories, dates before 1970, empty and strange texts."""
    return table.odd()


def _make(n: int, seed: int) -> Dataset:
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    cells, pay, towns = table.rows(n, rng)
    truth = SLOPE * pay + SOUTH * sets.isin(towns, table.SOUTH) + NOISE * rng.normal(size=n)
    made = data.dataset([f"{seed} {at}" for at in range(n)], np.zeros(n, np.int64), Task(classes=("x",)))
    rows = table.table(cells)
    return replace(made, task=TASK, rows=rows, truth=pa.chunked_array([pa.array(truth)]), key=f"{made.key}/prices")
