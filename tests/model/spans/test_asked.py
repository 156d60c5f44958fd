"""Are questions, passages and right answers read from rows?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.spans import asked as reading
from naeum.testing.data import make
from naeum.testing.worlds import spans


def test_only_answered_rows_that_count_are_learned_from() -> None:
    data = spans.dataset([("q", "a b", [(0, 1)]), ("q", "a b", None), ("q", "가나", []), ("q", "c", [(0, 1)])])
    data = dataclasses.replace(data, weight=np.array([1, 1, 3, 0], np.float32))
    rows, found = reading.answered(data)
    assert len(rows) == 2 and found.weight.tolist() == [0.5, 1.5]
    assert found.wanted.tolist() == [[0, 0], [1, 1], [0, 0], [1, 1], [0, 0], [0, 0]]
    with pytest.raises(
        InputError, match="must have answered questions to learn from; got none in 1 rows; give answers"
    ):
        reading.to_learn(spans.dataset([("q", "a", None)]), "span_ranker")
    with pytest.raises(InputError, match="span_ranker answers from passages; got the output label; choose another"):
        reading.to_learn(make(2), "span_ranker")


def test_several_columns_are_one_question_and_none_is_an_empty_one() -> None:
    import pyarrow as pa

    rows = pa.table({"title": ["한국", None], "ask": ["어디?", "who?"], "text": ["가", "b"]})
    whole = Task(("title", "ask", "text"), "answers", ("start", "end"), "span_f1", "span")
    assert reading.asked(rows, whole).questions == ["한국 어디?", "who?"]
    assert reading.asked(rows, dataclasses.replace(whole, inputs=("text",))).questions == ["", ""]


def test_the_judge_is_the_metric_of_the_task() -> None:
    data = spans.dataset(
        [("누구?", "철수가 왔다", [(0, 2)]), ("Who?", "Nobody came.", []), ("What?", "a b c", [(2, 5)])]
    )
    judge = reading.judge(data)
    _, found = reading.answered(data)
    assert judge(np.log(np.maximum(found.wanted, 1e-6)).astype(np.float32)) == pytest.approx(1.0)
    assert judge(np.zeros_like(found.wanted)) < 0.5
