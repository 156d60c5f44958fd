"""Which rows of a table can a learner of one label a row be tried on?

The class follows from two numbers and a town: who pays much is "a", of the others those of the south are "b". A tenth
of the cells is missing, and one column is noise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, InputKind, Parts, Task
from naeum.testing import data

if TYPE_CHECKING:
    import pyarrow as pa

KINDS: dict[str, InputKind] = {"나이": "number", "요금": "number", "town": "category", "joined": "date", "memo": "text"}
TASK = Task(inputs=tuple(KINDS), target="plan", classes=("a", "b", "c"), kinds=tuple(KINDS.values()))
TOWNS = ("서울", "부산", "제주", "New York")
SOUTH = ("부산", "제주")
DAY = 86_400.0
WRONG, MISSING = 0.05, 0.05  # shares of classes to fit that are wrong, and of cells that are missing


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows whose class can be read from a number and a category; a few of those to fit are wrong.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.rows.schema.names
        (48, 16, ['나이', '요금', 'town', 'joined', 'memo'])
    """
    return Parts(_make(n, seed, WRONG), _make(max(3, n // 3), seed + 1000, 0.0))


def odd() -> pa.Table:
    """Missing and enormous numbers, unknown categories, dates before 1970, empty and strange texts."""
    huge = [0.0, None, 1e300, -1e300, float("nan"), 1e-300, 5.0]
    words = ["서울", None, "처음 보는 곳", "", "\x00", "🙂" * 300, "null"]
    return table({"나이": huge, "요금": huge[::-1], "town": words, "joined": [*huge[:2], -9e9, 9e10, None, 1.5, -1.0],
                  "memo": ["", "가", "🙂", "a\x00b", "\u202eright", "한글", "x" * 10_000]})  # fmt: skip


def table(columns: dict[str, list[Any]]) -> pa.Table:
    """Typed columns of this task."""
    import pyarrow as pa

    words = ("category", "text")
    return pa.table(
        {name: pa.array(columns[name], pa.string() if kind in words else pa.float64()) for name, kind in KINDS.items()}
    )


def rows(n: int, rng: np.random.Generator) -> tuple[dict[str, list[Any]], npt.NDArray[np.float64], list[str]]:
    """The cells, what each row pays, and its town; a few of the other cells are missing."""
    pay: npt.NDArray[np.float64] = np.where(np.arange(n) % 3 == 0, rng.normal(90, 6, n), rng.normal(50, 6, n))
    pay = np.asarray(pay.round(2), np.float64)
    towns = [str(rng.choice(SOUTH if at % 3 == 1 else ("서울", "New York"))) for at in range(n)]
    cells: dict[str, list[Any]] = {
        "나이": [float(age) for age in rng.integers(18, 80, n)],
        "요금": pay.tolist(),
        "town": list(towns),
        "joined": (1.6e9 + DAY * rng.integers(0, 900, n)).tolist(),
        "memo": [" ".join(rng.choice(data.FILLER[True], 2)) for _ in range(n)],
    }
    for name in ("나이", "joined"):
        for at in np.flatnonzero(rng.random(n) < MISSING):
            cells[name][at] = None
    return cells, pay, towns


def _make(n: int, seed: int, wrong: float) -> Dataset:
    rng = np.random.default_rng(seed)
    cells, _, _ = rows(n, rng)
    target = np.arange(n) % 3
    target = np.where(rng.random(n) < wrong, (target + 1) % 3, target)
    made = data.dataset([f"{seed} {at}" for at in range(n)], target, replace(TASK, inputs=("text",), kinds=()))
    return replace(made, task=TASK, rows=table(cells), key=f"{made.key}/table")
