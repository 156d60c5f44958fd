"""Does a large stream go to a file, and the same rows come back?"""

import os

import numpy as np
import pyarrow as pa
import pytest

from naeum.data.spool import refuse_full_disk, spool, take
from naeum.errors import InputError


def batches(count: int):
    return [pa.record_batch({"text": [f"{k} 번째 {at}" for at in range(100)]}) for k in range(count)]


def test_the_same_rows_in_memory_and_mapped(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = batches(20)
    held = spool(made[0].schema, made)
    before = pa.total_allocated_bytes()
    mapped = spool(made[0].schema, iter(made), limit=1_000)
    assert mapped.equals(held) and pa.total_allocated_bytes() == before
    assert os.listdir(tmp_path) == []  # unnamed: nothing is left behind, whatever ends the process


def test_take_picks_rising_positions_over_batches():
    table = pa.Table.from_batches(batches(5))
    where = np.array([0, 99, 100, 250, 499])
    assert take(table, where).equals(table.take(where))
    assert take(table, np.empty(0, np.int64)).num_rows == 0


def test_a_full_disk_is_a_sentence_and_other_errors_pass():
    with pytest.raises(InputError, match="the disk must have room for a copy of the data; /x is full; free some space"):
        refuse_full_disk(OSError(28, "No space left on device"), "/x")
    refuse_full_disk(OSError(5, "other"), "/x")
