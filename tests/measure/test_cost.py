"""Are time, memory and size measured as they are?"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import sleep

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, State, Task
from naeum.errors import InputError
from naeum.measure import cost, size_mb, threads_in_use

costs = import_module("naeum.measure.cost")  # the room gives the function this name
TASK = Task(classes=("가", "나"))
ROWS = pa.table({"text": [f"문장 {at}" for at in range(64)]})


@dataclass(frozen=True, eq=False)
class Slow:
    """Takes a fixed time a call and a row, and some memory while it works."""

    kind, version, task = "slow", 1, TASK
    call_ms: float = 1.0
    row_ms: float = 0.1
    megabytes: int = 0
    arrays: tuple = ()
    children: tuple = ()
    files: tuple = ()

    def predict(self, rows):
        held = np.ones(self.megabytes * 125_000)  # 8 bytes each
        sleep((self.call_ms + self.row_ms * rows.num_rows) / 1000 + 0 * held.sum())
        return Outputs(TASK, np.zeros((rows.num_rows, 2), np.float32))

    def state(self):
        named = [{str(at): one for at, one in enumerate(many)} for many in (self.arrays, self.children, self.files)]
        return State({}, *named)


def test_latency_and_throughput_are_those_of_the_model():
    got = cost(Slow(call_ms=2.0, row_ms=0.1), ROWS, seconds=0.6, threads=1)
    assert 2.1 <= got.median_ms < 30
    assert got.latency_ms >= got.median_ms
    assert got.batch > 1  # 2 ms a call are shared by the rows of a batch
    assert 400 < got.rows_per_second < 64 / 8.4e-3 * 1.05
    assert got.threads == 1


def test_a_quick_model_is_timed_for_as_long_as_it_takes_to_see_some_rows():
    asked = []

    class Counting(Slow):
        def predict(self, rows):
            asked.append(rows.num_rows)
            return super().predict(rows)

    got = cost(Counting(call_ms=0.1, row_ms=0.0), ROWS, seconds=60.0, passes=2)
    singles = asked.count(1) - costs.WARM_UP
    assert singles == 2 * ROWS.num_rows and got.rows_per_second > 1
    assert sum(size for size in asked if size == 32) == 2 * ROWS.num_rows  # and of each other size as many
    assert cost(Slow(call_ms=0.1), ROWS.slice(0, 1), seconds=60.0, passes=1).latency_ms > 0


def test_more_rows_than_there_are_is_never_a_batch():
    assert cost(Slow(call_ms=0.1), ROWS.slice(0, 3), seconds=0.1).batch == 3


def test_a_slow_model_does_not_take_for_ever():
    from time import perf_counter

    start = perf_counter()
    cost(Slow(call_ms=150.0), ROWS, seconds=0.4)
    assert perf_counter() - start < 8


@pytest.mark.parametrize("by", ["resident", "allocated"])
def test_memory_is_size_and_the_peak_of_predicting(monkeypatch, by):
    if by == "allocated":
        monkeypatch.setattr(costs, "PROC_RESET", Path("/does/not/exist"))
    elif not costs._reset_peak():
        pytest.skip("this kernel does not tell the peak of resident memory")
    got = cost(Slow(call_ms=0.1, megabytes=80, arrays=(np.zeros(500_000),)), ROWS, seconds=0.2)
    assert got.memory_by == by
    assert 4 + 70 < got.memory_mb < 4 + 110


def test_size_counts_arrays_files_and_children_once(tmp_path):
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "weights").write_bytes(b"0" * 3_000_000)
    shared = np.zeros(250_000)  # 2 MB
    child = Slow(arrays=(shared,), files=(tmp_path / "base",))
    other = Slow(arrays=(shared, np.zeros(125_000)), files=(tmp_path / "base" / "weights",))
    assert size_mb(child) == pytest.approx(5.0, abs=0.01)
    assert size_mb(Slow(children=(child, child))) == pytest.approx(5.0, abs=0.01)
    assert size_mb(other) == pytest.approx(6.0, abs=0.01)
    assert size_mb(Slow(arrays=(shared,), children=(child,))) == pytest.approx(5.0, abs=0.01)


def test_threads_are_stated():
    assert threads_in_use() >= 1


def test_no_rows_are_refused():
    with pytest.raises(InputError, match="must be given rows; got none"):
        cost(Slow(), ROWS.slice(0, 0))
