"""What does a fitted model cost: time a row, rows a second, memory, megabytes?

Latency is that of one row at a time, as a user waits for it, after a warm-up: the 95 % quantile and the median.
Throughput is that of the best batch size. Both hold for this machine with the threads stated.
Memory is what the model holds (its size) plus the most that predicting needs on top while it runs.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Literal

import numpy as np

from naeum.contract import Predictor, State
from naeum.errors import InputError
from naeum.measure.scored import Doubles
from naeum.values import canonical

if TYPE_CHECKING:
    import pyarrow as pa

BATCHES = (8, 32, 128, 512, 2048)  # rows
WARM_UP = 3  # calls: the first ones load code and size buffers
LEAST_CALLS, MOST_CALLS = 20, 1000  # of single rows; below 20 the 95 % quantile is just the maximum
MEGA = 1_000_000  # bytes in a megabyte, as on a disk's label
KIBI = 1024  # bytes in what /proc calls a kB

PROC_STATUS = Path("/proc/self/status")
PROC_RESET = Path("/proc/self/clear_refs")  # writing "5" sets the peak of the resident memory back to what it is now


@dataclass(frozen=True)
class Cost:
    """Measured on this machine."""

    latency_ms: float  # 95 % quantile of single rows
    median_ms: float
    rows_per_second: float  # at the best batch
    batch: int  # rows; the best one
    size_mb: float  # arrays, files and settings, of inner predictors too
    memory_mb: float  # size and the peak of predicting on top
    threads: int
    memory_by: Literal["resident", "allocated"]  # allocated: only what Python and numpy asked for could be seen


def cost(
    predictor: Predictor, rows: pa.Table, *, seconds: float = 4.0, threads: int | None = None, passes: int | None = None
) -> Cost:
    """Time and weigh a predictor on real rows.

    Args:
        predictor: the fitted model.
        rows: input columns, at least one row; some hundred typical rows are best.
        seconds: how long measuring may take, about; slow models get at least a few calls.
        threads: what is stated; None asks torch, else counts the processors this process may use.
        passes: over the rows, of each kind of call, after which a quick model is timed well enough; None: as long as
            there is time.

    Raises:
        InputError: there are no rows.
    """
    if rows.num_rows == 0:
        raise InputError("measuring the cost must be given rows; got none; give some typical rows")
    size = size_mb(predictor)
    for at in range(WARM_UP):
        predictor.predict(rows.slice(at % rows.num_rows, 1))
    before = _resident_kib("VmRSS") if _reset_peak() else None
    enough = sys.maxsize if passes is None else max(passes * rows.num_rows, LEAST_CALLS)
    singles = _singles(predictor, rows, seconds / 2, min(enough, MOST_CALLS))
    batch, rate = _best_batch(predictor, rows, seconds / 2, enough)
    peak = _resident_kib("VmHWM")
    working = max(peak - before, 0) * KIBI / MEGA if before and peak else _allocated_mb(predictor, rows.slice(0, batch))
    return Cost(
        latency_ms=float(np.quantile(singles, 0.95)),
        median_ms=float(np.median(singles)),
        rows_per_second=rate,
        batch=batch,
        size_mb=size,
        memory_mb=size + working,
        threads=threads or threads_in_use(),
        memory_by="resident" if before and peak else "allocated",
    )


def size_mb(predictor: Predictor) -> float:
    """Megabytes of a predictor's arrays, files and settings, inner predictors included; shared ones count once."""
    return sum(_sizes(predictor.state(), {})) / MEGA


def threads_in_use() -> int:
    """Threads that torch computes with where it is loaded, else the processors this process may use."""
    torch = sys.modules.get("torch")
    if torch is not None:
        return int(torch.get_num_threads())
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sizes(state: State, seen: dict[int | str, object]) -> Iterator[int]:
    # What was seen is kept alive: an id is only an object's own as long as it lives.
    yield len(canonical(dict(state.settings)).encode())
    for array in state.arrays.values():
        if id(array) not in seen:
            seen[id(array)] = array
            yield array.nbytes
    for path in state.files.values():
        place = str(Path(path).resolve())
        if place not in seen:
            seen[place] = path
            yield from (one.stat().st_size for one in _files(Path(path)))
    for child in state.children.values():
        if id(child) not in seen:
            seen[id(child)] = child
            yield from _sizes(child.state(), seen)


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or all files of a folder."""
    if path.is_dir():
        yield from (one for one in sorted(path.rglob("*")) if one.is_file())
    else:
        yield path


def _singles(predictor: Predictor, rows: pa.Table, seconds: float, most: int) -> Doubles:
    """Milliseconds of at most so many single rows, one after another through the table."""
    times: list[float] = []
    end = perf_counter() + seconds
    while len(times) < LEAST_CALLS or (len(times) < most and perf_counter() < end):
        one = rows.slice(len(times) % rows.num_rows, 1)
        start = perf_counter()
        predictor.predict(one)
        times.append((perf_counter() - start) * 1000)
        if perf_counter() > end + seconds:  # so slow that even a few calls take twice the time given
            break
    return np.array(times)


def _best_batch(predictor: Predictor, rows: pa.Table, seconds: float, enough: int) -> tuple[int, float]:
    """The batch size with the most rows a second; larger ones are not tried once time is up.

    `enough`: rows of each size after which it is known.
    """
    rates: dict[int, float] = {}
    end = perf_counter() + seconds
    for batch in sorted({min(batch, rows.num_rows) for batch in BATCHES}):
        rates[batch] = _rate(predictor, rows, batch, seconds / len(BATCHES), enough)
        if perf_counter() > end:
            break
    best = max(rates, key=lambda batch: (rates[batch], -batch))
    return best, rates[best]


def _rate(predictor: Predictor, rows: pa.Table, batch: int, seconds: float, enough: int) -> float:
    """Rows a second over whole batches, at least one, at most about `enough` rows."""
    done, start = 0, perf_counter()
    starts = range(0, rows.num_rows - batch + 1, batch)
    while done == 0 or (done < enough and perf_counter() - start < seconds):
        predictor.predict(rows.slice(starts[(done // batch) % len(starts)], batch))
        done += batch
    return done / max(perf_counter() - start, 1e-9)


def _allocated_mb(predictor: Predictor, rows: pa.Table) -> float:
    """The most that Python and numpy ask for in one prediction; timed calls are never traced, which slows them."""
    running = tracemalloc.is_tracing()
    if not running:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        start = tracemalloc.get_traced_memory()[0]
        predictor.predict(rows)
        return max(tracemalloc.get_traced_memory()[1] - start, 0) / MEGA
    finally:
        if not running:
            tracemalloc.stop()


def _reset_peak() -> bool:
    try:
        PROC_RESET.write_text("5")
    except OSError:
        return False
    return True


def _resident_kib(name: str) -> int | None:
    try:
        lines = PROC_STATUS.read_text().splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(found[0]) if found else None
