"""Are equal and nearly equal texts with different labels found?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore.labels import conflicts
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of


def subject(rows):
    return subject_of(opened(rows), target="label", text=("text",), data=read(rows, target="label", text="text"))


WORDS = np.random.default_rng(0).integers(10**6, size=(40, 4))
ROWS = [{"text": " ".join(f"낱말{word}" for word in WORDS[n]), "label": "ab"[n % 2]} for n in range(40)]


def test_equal_and_near_texts_are_told_apart():
    rows = [*ROWS, *({"text": "재미없어", "label": label} for label in "aab"), {"text": "재미없어!!", "label": "b"}]
    rows += [{"text": "괜찮아요", "label": "a"}, {"text": "괜찮아요.", "label": "b"}]
    found = conflicts.look(subject(rows))
    assert (found["equal"]["inputs"], found["equal"]["rows"], found["equal"]["lost"]) == (1, 3, 1)
    assert (found["near"]["inputs"], found["near"]["rows"], found["near"]["lost"]) == (2, 6, 3)
    assert sorted(found["near"]["named"]) == [40, 41, 42, 43, 44, 45]
    assert found["equal"]["shown"][0] == {"row": 40, "label": "a", "text": "재미없어"}


def test_copies_with_one_label_are_no_conflict():
    found = conflicts.look(subject([*ROWS, *({"text": "최고", "label": "a"} for _ in range(5))]))
    assert found["equal"]["inputs"] == found["near"]["inputs"] == 0 and found["equal"]["named"] == []


def test_unlabelled_rows_are_left_out():
    rows = [*ROWS, {"text": "같은 글", "label": "a"}, {"text": "같은 글", "label": None}]
    found = conflicts.look(subject(rows))
    assert found["rows"] == 41 and found["equal"]["inputs"] == 0


def test_a_sample_is_taken_of_many_and_said():
    found = conflicts.labelled(subject(ROWS), 10)
    assert len(found.dataset) == len(found.row) == 10 and found.of == 40
    assert [ROWS[row]["text"] for row in found.row.tolist()] == found.dataset.rows["text"].to_pylist()


def test_rows_are_equal_where_every_cell_is():
    table = pa.table({"a": ["x", "x", "x", None], "b": ["1", "2", "1", "1"]})
    groups = conflicts.equal_groups(table)
    assert groups[0] == groups[2] and len(np.unique(groups)) == 3


def test_it_needs_labelled_texts():
    with pytest.raises(NotApplicable, match="a text and one label a row"):
        conflicts.look(subject_of(opened([{"n": "1"}, {"n": "2"}])))
