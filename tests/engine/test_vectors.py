"""Do stored vectors survive torn tails, zeros, full disks and other processes?"""

from __future__ import annotations

import errno
import os
import threading
import time

import numpy as np
import pytest

from naeum.engine import vectors as module
from naeum.engine.vectors import RECORD, Shape, Vectors
from naeum.errors import StoreError

SHAPE = Shape((0, 1, 2), ("mean", "cls"), 4)


def some(n, seed=0):
    rng = np.random.default_rng(seed)
    hashes = np.array([rng.bytes(16) for _ in range(n)], "S16")
    return hashes, rng.normal(size=(n, *SHAPE.row)).astype(np.float16)


def add(vectors, hashes, rows):
    with vectors.writing():
        vectors.append(hashes, rows)


def test_what_was_added_is_read(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(10)
    add(vectors, hashes[:6], rows[:6])
    add(vectors, hashes[6:], rows[6:])
    places = vectors.find(hashes[::-1])
    assert places.tolist() == list(range(9, -1, -1))
    read = vectors.read(places, [2, 0], "cls")
    np.testing.assert_array_equal(read, np.hstack([rows[::-1, 2, 1], rows[::-1, 0, 1]]).astype(np.float32))


def test_unknown_hashes_have_no_place(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(4)
    assert vectors.find(hashes).tolist() == [-1] * 4
    add(vectors, hashes[:2], rows[:2])
    assert vectors.find(hashes).tolist() == [0, 1, -1, -1]


@pytest.mark.parametrize("cut", [1, 7, RECORD.itemsize, RECORD.itemsize + 3])
def test_a_torn_index_loses_only_its_tail(tmp_path, cut):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(5)
    add(vectors, hashes, rows)
    index = tmp_path / "index"
    index.write_bytes(index.read_bytes()[:-cut])
    left = 5 - -(-cut // RECORD.itemsize)
    assert (vectors.find(hashes) >= 0).sum() == left
    add(vectors, hashes[left:], rows[left:])
    np.testing.assert_array_equal(vectors.read(vectors.find(hashes), [1], "mean"), rows[:, 1, 0].astype(np.float32))


def test_rows_without_record_are_overwritten(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(5)
    add(vectors, hashes[:3], rows[:3])
    with (tmp_path / "rows.f16").open("ab") as stream:
        stream.write(b"torn" * 33)
    add(vectors, hashes[3:], rows[3:])
    np.testing.assert_array_equal(vectors.read(vectors.find(hashes), [1], "mean"), rows[:, 1, 0].astype(np.float32))


def test_records_without_rows_and_blocks_of_zeros_do_not_count(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(4)
    add(vectors, hashes, rows)
    with (tmp_path / "index").open("ab") as stream:
        stream.write(bytes(RECORD.itemsize * 3))
    with (tmp_path / "rows.f16").open("ab") as stream:
        stream.write(bytes(SHAPE.bytes * 3))
    assert vectors.find(np.array([bytes(16)], "S16")).tolist() == [-1]
    os.truncate(tmp_path / "rows.f16", SHAPE.bytes * 2)
    assert vectors.find(hashes).tolist() == [0, 1, -1, -1]


def test_a_hash_that_ends_in_zero_bytes(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    hashes = np.array([b"a" * 15 + b"\0", b"a" * 14 + b"\0\0", b"\0" * 15 + b"b"], "S16")
    add(vectors, hashes, some(3)[1])
    assert vectors.find(hashes).tolist() == [0, 1, 2]


def test_a_full_disk_is_one_sentence_and_keeps_what_is_there(tmp_path, monkeypatch):
    vectors = Vectors(tmp_path, SHAPE)
    hashes, rows = some(4)
    add(vectors, hashes[:2], rows[:2])

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "_extend", full)
    with pytest.raises(StoreError, match="the disk must have room for features"):
        add(vectors, hashes[2:], rows[2:])
    assert vectors.find(hashes).tolist() == [0, 1, -1, -1]


def test_one_writes_at_a_time(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    order = []

    def other():
        with vectors.writing():
            order.append("other")

    with vectors.writing():
        waiting = threading.Thread(target=other)
        waiting.start()
        time.sleep(0.3)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "other"]


def test_a_plan_is_kept_until_it_ends(tmp_path):
    vectors = Vectors(tmp_path, SHAPE)
    assert vectors.plan() is None
    hashes, _ = some(3)
    vectors.write_plan(hashes)
    assert vectors.plan().tolist() == hashes.tolist()
    vectors.end_plan()
    assert vectors.plan() is None
