"""Does a network read the right texts of the right rows, and is it judged by the task's metric?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.text.examples import labelled, texts, to_learn, unlabelled
from naeum.testing.data import make


def test_several_columns_are_joined_and_missing_cells_left_out() -> None:
    rows = pa.table({"title": ["제목", None, ""], "body": ["글", "x", None], "n": [1, 2, 3]})
    assert texts(rows, Task(inputs=("title", "body"))) == ["제목 글", "x", ""]
    assert texts(rows, Task(inputs=("n",))) == ["1", "2", "3"]


def test_rows_with_a_label_or_a_soft_target_are_learned_from() -> None:
    data = make(4)
    data = replace(data, target=np.array([0, -1, 1, -1]), weight=np.array([1, 1, 3, 1], np.float32))
    found = labelled(data)
    assert found.ids.tolist() == data.ids[[0, 2]].tolist()
    assert found.weight.tolist() == [0.5, 1.5]
    soft = np.array([[0, 0], [0.5, 0.5], [0, 1], [0, 0]], np.float32)
    assert labelled(replace(data, soft=soft)).ids.tolist() == data.ids[[0, 1, 2]].tolist()


def test_none_is_refused() -> None:
    data = replace(make(3), target=np.full(3, -1))
    with pytest.raises(InputError, match="finetuned must have labelled rows to learn from; got none of 3 rows"):
        to_learn(data, "finetuned")


def test_bare_rows_are_a_data_set_without_labels() -> None:
    found = unlabelled(make(5).rows, Task())
    assert len(found) == 5 and (found.target == -1).all()
