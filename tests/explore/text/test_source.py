"""Which texts are looked at, and which base model?"""

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.data import read
from naeum.engine import bases
from naeum.errors import BaseModelError, NotApplicable
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import source

ROWS = [{"title": f"제목 {n}", "text": f"이 영화는 정말 재미있어요 {n}", "label": str(n % 2)} for n in range(40)]


def test_texts_of_a_table_and_of_data_are_the_same():
    plain = source.texts_of(subject_of(opened(ROWS), text=("text",)))
    data = read(ROWS, target="label", text="text")
    learned = source.texts_of(subject_of(opened(ROWS), target="label", text=("text",), data=data))
    assert plain.column.to_pylist() == learned.column.to_pylist() == [row["text"] for row in ROWS]
    assert plain.row.tolist() == learned.row.tolist() == list(range(40))


def test_several_columns_are_joined_and_missing_cells_are_empty():
    rows = [{**row, "text": None if at == 1 else row["text"]} for at, row in enumerate(ROWS)]
    found = source.texts_of(subject_of(opened(rows), text=("title", "text")))
    assert found.at(np.array([0, 1])) == ["제목 0 이 영화는 정말 재미있어요 0", "제목 1 "]


def test_of_many_rows_a_sample_is_held(monkeypatch):
    monkeypatch.setattr(source, "MOST_ROWS", 10)
    found = source.texts_of(subject_of(opened(ROWS), text=("text",)))
    assert len(found) == 10 and found.rows == 40
    assert found.at(np.array([0])) == [ROWS[int(found.row[0])]["text"]]


def test_a_smaller_sample_is_part_of_a_larger_one():
    assert set(source.drawn(1000, 20, 3)) < set(source.drawn(1000, 300, 3))
    assert source.drawn(5, 9, 0).tolist() == [0, 1, 2, 3, 4]


def test_the_language_comes_from_the_earlier_part():
    subject = subject_of(opened(ROWS), text=("text",))
    assert source.language(subject) == "en"
    assert source.language(subject.with_seen("languages", {"languages": [["ko", 9]]})) == "ko"


def test_without_a_base_model_at_hand_it_does_not_apply(monkeypatch):
    monkeypatch.setattr(bases, "at_hand", lambda languages, policy: ())
    with pytest.raises(NotApplicable, match="none is on this machine"):
        source.base_of(subject_of(opened(ROWS), text=("text",)))


def test_a_base_model_that_is_asked_for_must_be_there():
    with pytest.raises(BaseModelError, match="must be a folder"):
        source.base_of(subject_of(opened(ROWS), text=("text",), base="/no/such", policy=Policy(offline=True)))
