"""Does a job go on at its mark, with no row lost or doubled and the memory it had there?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.engine import journal as room
from naeum.engine.journal import Journal

SCHEMA = pa.schema({"prediction": pa.list_(pa.string()), "confidence": pa.float64()})
WORK = ["rows.csv", 3]


def chunk(*names):
    return {"prediction": [[name] for name in names], "confidence": [1 / 3 for _ in names]}


def names(journal):
    return [cell[0] for batch in journal.batches() for cell in batch["prediction"].to_pylist()]


def memory(value=1):
    return {"keys": np.array([value])}


@pytest.fixture
def begun(tmp_path):
    """Two rows marked, and one written after the mark."""
    found = Journal.opened(tmp_path / "job", SCHEMA, WORK)
    found.note({"way": None})
    found.append(chunk("가", "나"), memory)
    found.mark(memory(7))
    found.append(chunk("다"), memory)
    return found


def test_a_job_goes_on_at_its_mark(begun):
    assert names(begun) == ["가", "나", "다"]
    again = Journal.opened(begun.folder, SCHEMA, WORK)
    assert again.rows == 2 and names(again) == ["가", "나"]
    assert again.memory["keys"].tolist() == [7] and again.notes == {"way": None}
    again.append(chunk("다"), memory)
    assert names(again) == ["가", "나", "다"]
    assert [cell for batch in again.batches() for cell in batch["confidence"].to_pylist()] == [1 / 3] * 3
    again.end()
    assert not begun.folder.exists()


def test_a_chunk_that_was_cut_in_its_middle_is_written_again(begun):
    path = begun.folder / room.ANSWERS
    path.write_bytes(path.read_bytes()[:-5])
    assert names(Journal.opened(begun.folder, SCHEMA, WORK)) == ["가", "나"]


def test_other_work_and_a_journal_without_its_rows_begin_anew(begun):
    assert Journal.opened(begun.folder, SCHEMA, ["other.csv", 3]).rows == 0
    begun = Journal.opened(begun.folder, SCHEMA, WORK)
    assert begun.rows == 0 and names(begun) == [] and begun.notes == {}
    begun.append(chunk("가"), memory)
    begun.mark(memory())
    (begun.folder / room.ANSWERS).write_bytes(b"")
    assert Journal.opened(begun.folder, SCHEMA, WORK).rows == 0


def test_marks_are_set_by_time(tmp_path, monkeypatch):
    found = Journal.opened(tmp_path / "job", SCHEMA, WORK)
    found.append(chunk("가"), memory)
    assert Journal.opened(tmp_path / "job", SCHEMA, WORK).rows == 0
    monkeypatch.setattr(room, "SECONDS", 0.0)
    found = Journal.opened(tmp_path / "job", SCHEMA, WORK)
    found.append(chunk("가"), memory)
    assert Journal.opened(tmp_path / "job", SCHEMA, WORK).rows == 1
