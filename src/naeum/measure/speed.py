"""How quick is a model, by batch and by threads?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Predictor
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

BATCHES = (1, 8, 32, 128, 512)  # rows
WARM_UP = 2  # calls of each cell that do not count
LEAST_CALLS = 5
SECONDS = 1.5  # of each cell


@dataclass(frozen=True)
class Speed:
    """One cell of the table."""

    threads: int
    batch: int  # rows in a call
    median_ms: float  # of a call
    p95_ms: float
    rows_per_second: float
    calls: int

    @property
    def row_ms(self) -> float:
        """Milliseconds a row."""
        return 1000 / self.rows_per_second


def speeds(
    opened: Callable[[int], Predictor],
    rows: pa.Table,
    threads: Sequence[int],
    *,
    batches: Sequence[int] = BATCHES,
    seconds: float = SECONDS,
) -> tuple[Speed, ...]:
    """Time a model on real rows, in every batch with every number of threads.

    Args:
        opened: gives the model for a number of threads.
        rows: input columns; batches are cut from them one after the other, as they come.
        threads: how many to try.
        batches: rows in a call; those above the number of rows are left out but for one of them all.
        seconds: of each cell, about; a slow one gets LEAST_CALLS calls.

    Raises:
        InputError: there are no rows.
    """
    if not rows.num_rows:
        raise InputError("a bench must be given rows; got none; give some hundred typical rows")
    sizes = sorted({min(batch, rows.num_rows) for batch in batches})
    found = []
    for count in threads:
        model = opened(count)
        found += [_timed(model, rows, count, size, seconds) for size in sizes]
    return tuple(found)


def best(found: Sequence[Speed]) -> Speed:
    """The cell with the most rows a second; among equals the one of fewer threads and rows."""
    return max(found, key=lambda one: (one.rows_per_second, -one.threads, -one.batch))


def _timed(model: Predictor, rows: pa.Table, threads: int, batch: int, seconds: float) -> Speed:
    starts = range(0, rows.num_rows - batch + 1, batch)
    for call in range(WARM_UP):
        model.predict(rows.slice(starts[call % len(starts)], batch))
    times: list[float] = []
    end = perf_counter() + seconds
    while len(times) < LEAST_CALLS or perf_counter() < end:
        chunk = rows.slice(starts[len(times) % len(starts)], batch)
        start = perf_counter()
        model.predict(chunk)
        times.append(perf_counter() - start)
    middle, late = np.quantile(times, (0.5, 0.95)) * 1000
    return Speed(threads, batch, float(middle), float(late), batch * len(times) / max(sum(times), 1e-9), len(times))
