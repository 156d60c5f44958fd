"""Are further answers set apart from inputs and target, kept over a snapshot, and found by the ids of rows?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.data import opened, read, snapshot
from naeum.data.also import also_of
from naeum.errors import InputError

ROWS = [
    {"text": f"리뷰 {at}번 문장", "label": "가나"[at % 2], "topic": ["영화", "음식", None][at % 3], "stars": str(at)}
    for at in range(90)
]


def test_they_are_neither_inputs_nor_the_target_and_it_is_said() -> None:
    data = read(ROWS, also="topic, stars")
    assert data.dataset.task.inputs == ("text",)
    assert data.dataset.task.target == "label"
    assert {name for name, role in data.columns.items() if role == "also"} == {"topic", "stars"}
    assert "learned beside the target, never an input: topic, stars (--also)" in data.notes


def test_all_columns_as_inputs_leave_them_out() -> None:
    data = read(ROWS, target="label", columns="all", also="stars")
    assert "stars" not in data.dataset.task.inputs


def test_rows_find_theirs_by_id_also_after_a_snapshot(tmp_path: Path) -> None:
    data = read(ROWS, also="topic")
    ids = data.dataset.ids[[5, 0, 2]]
    for one in (data, opened(snapshot(data, tmp_path / "kept").folder)):
        found = also_of(one)
        assert found(ids)["topic"].to_pylist() == [None, "영화", None]
        assert found(np.array([ids[1], 7], np.uint64))["topic"].to_pylist() == ["영화", None], "unknown rows have none"


def test_their_content_has_a_key_of_its_own() -> None:
    other = [{**row, "topic": "영화"} for row in ROWS]
    one, two = read(ROWS, also="topic"), read(other, also="topic")
    assert one.key == two.key
    assert also_of(one).key != also_of(two).key
    assert also_of(read(ROWS, target="label", text="text")) is None


def test_a_given_part_need_not_have_them() -> None:
    task = read(ROWS, also="topic").dataset.task
    bare = [{"text": row["text"], "label": row["label"]} for row in ROWS]
    assert len(read(bare, also="topic", task=task, part="valid")) == len(ROWS)


def test_a_column_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"the --also column must be one of .*got 'topics'; did you mean 'topic'"):
        read(ROWS, also="topics")


@pytest.mark.parametrize("role", ["target", "text", "weight"])
def test_a_column_with_another_role_is_refused(role: str) -> None:
    with pytest.raises(InputError, match=f"must have no other role.*'label' is named by --{role}, too; name it once"):
        read(ROWS, also="label", **{role: "label"})
