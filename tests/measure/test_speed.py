"""Is a model timed in every batch with every number of threads?"""

import time
from types import SimpleNamespace

import pyarrow as pa
import pytest

from naeum.errors import InputError
from naeum.measure.speed import LEAST_CALLS, Speed, best, speeds

ROWS = pa.table({"text": [f"행 {n}" for n in range(40)]})


def slow(threads):
    """A millisecond a row on one thread."""
    return SimpleNamespace(predict=lambda rows: time.sleep(rows.num_rows * 0.001 / threads))


def test_every_cell_is_timed():
    found = speeds(slow, ROWS, (1, 4), batches=(1, 8), seconds=0.02)
    assert [(one.threads, one.batch) for one in found] == [(1, 1), (1, 8), (4, 1), (4, 8)]
    assert all(one.calls >= LEAST_CALLS and 0 < one.median_ms <= one.p95_ms for one in found)
    assert found[3].rows_per_second > found[1].rows_per_second
    assert found[1].median_ms >= 8


def test_a_batch_beyond_the_rows_is_all_of_them():
    found = speeds(slow, ROWS.slice(0, 3), (1,), batches=(1, 8, 32), seconds=0.01)
    assert [one.batch for one in found] == [1, 3]


def test_the_best_is_the_quickest_and_among_equals_the_smallest():
    cells = [Speed(threads, batch, 1, 1, rate, 5) for threads, batch, rate in ((2, 8, 90), (1, 8, 90), (1, 1, 20))]
    assert best(cells) == cells[1] and cells[2].row_ms == 50


def test_no_rows_are_refused():
    with pytest.raises(InputError, match="a bench must be given rows; got none"):
        speeds(slow, ROWS.slice(0, 0), (1,))
