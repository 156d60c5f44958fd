"""Does a snapshot give back the same data, and refuse what was changed?"""

import json
import sys

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import opened, read, snapshot
from naeum.data.snapshot import MANIFEST, ROWS
from naeum.errors import InputError, StoreError


def data(count: int = 50):
    made = [
        {
            "text": f"문장 {at}",
            "label": at % 2,
            "w": at,
            "day": f"2020-01-{at % 28 + 1:02d}",
            "fold": at % 5,
            "more": at * 2,
        }
        for at in range(count)
    ]
    return read(made, text="text", target="label", weight="w", time="day", folds="fold")


def test_a_snapshot_is_the_same_data_memory_mapped(tmp_path):
    before = data()
    for after in (snapshot(before, tmp_path / "a"), opened(tmp_path / "a")):
        assert after.key == before.key and after.folder == tmp_path / "a"
        assert after.dataset.task == before.dataset.task
        assert after.dataset.rows.equals(before.dataset.rows) and after.others.equals(before.others)
        for name in ("ids", "target", "weight", "group", "origin", "parent"):
            one, other = getattr(after.dataset, name), getattr(before.dataset, name)
            assert one.dtype == other.dtype and (one == other).all()
        assert (after.time == before.time).all() and (after.folds == before.folds).all()
        for name in ("name", "columns", "notes", "broken", "grouped", "source"):
            assert getattr(after, name) == getattr(before, name)


def test_given_ids_are_kept_as_they_were_given(tmp_path):
    rows = [{"key": f"행{at}", "text": f"문장 {at}", "label": at % 2} for at in range(50)]
    before = read(rows, id="key")
    after = snapshot(before, tmp_path)
    assert after.named.to_pylist() == before.named.to_pylist() == [f"행{at}" for at in range(50)]
    assert data().named is None


def test_a_snapshot_of_many_rows_is_not_in_memory(tmp_path):
    big = read(pa.table({"text": [f"긴 문장 {at} " * 20 for at in range(20_000)], "label": np.arange(20_000) % 2}))
    snapshot(big, tmp_path)
    held = pa.total_allocated_bytes()
    kept = opened(tmp_path)
    assert pa.total_allocated_bytes() - held < kept.dataset.rows.nbytes / 10


def test_a_snapshot_is_replaced_whole(tmp_path):
    snapshot(data(50), tmp_path)
    assert len(snapshot(data(20), tmp_path)) == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == [ROWS, MANIFEST]


def test_a_write_that_fails_leaves_the_old_snapshot(tmp_path, monkeypatch):
    key = snapshot(data(50), tmp_path).key

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.modules["naeum.data.snapshot"], "_batches", full)
    with pytest.raises(
        InputError, match=r"the disk must have room for a copy of the data; .* is full; free some space"
    ):
        snapshot(data(20), tmp_path)
    assert opened(tmp_path).key == key and len(list(tmp_path.iterdir())) == 2


def test_missing_damaged_changed_and_newer_snapshots_are_refused(tmp_path):
    with pytest.raises(StoreError, match=r"a snapshot must be whole; .* is missing or damaged"):
        opened(tmp_path)
    snapshot(data(), tmp_path)
    good = (tmp_path / ROWS).read_bytes()
    (tmp_path / ROWS).write_bytes(good[:-30])
    with pytest.raises(StoreError, match="a snapshot must be whole"):
        opened(tmp_path)
    (tmp_path / ROWS).write_bytes(good.replace("문장 7".encode(), "문장 8".encode()))
    with pytest.raises(
        StoreError, match=r"a snapshot must hold the rows it names; .* was changed; read the data again"
    ):
        opened(tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps({**manifest, "version": 2}))
    with pytest.raises(StoreError, match="must be of version 1 or older; update naeum"):
        opened(tmp_path)
