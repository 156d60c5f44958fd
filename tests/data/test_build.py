"""Does a table with roles become data as the roles say?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import build as module
from naeum.data.build import build
from naeum.errors import InputError


def table(count: int = 40, **more):
    return pa.table(
        {"text": [f"문장 {at} 입니다" for at in range(count)], "label": [at % 2 for at in range(count)], **more}
    )


def test_columns_without_a_role_are_kept_as_strings():
    data = build(table(more=np.arange(40), nested=[[1]] * 40), [], {}, "here", {})
    assert data.others.schema.names == ["more", "nested"] and set(data.others.schema.types) == {pa.string()}
    assert data.dataset.rows.column_names == ["text"] and data.name == "data" and data.grouped is False
    assert (data.dataset.weight == 1).all() and (data.dataset.parent == data.dataset.ids).all()


def test_missing_groups_are_groups_of_their_own():
    data = build(table(4, who=["a", None, "a", None]), [], {}, "here", {"group": "who", "text": "text"})
    assert data.dataset.group[0] == data.dataset.group[2] and len(set(data.dataset.group.tolist())) == 3


def test_a_given_part_needs_only_text_and_target():
    data = build(table(4), [], {}, "here", {"part": "test", "text": "text", "target": "label", "group": "who"})
    assert data.grouped is False and data.dataset.target.tolist() == [0, 1, 0, 1]


def test_the_sample_is_spread_over_a_sorted_file(monkeypatch):
    monkeypatch.setattr(module, "SAMPLE_ROWS", 10)
    ordered = pa.table({"a": [f"문장 {at} 입니다" for at in range(100)], "b": [str(at // 50) for at in range(100)]})
    assert build(ordered, [], {}, "here", {}).dataset.task.target == "b"


def test_negative_weights_and_empty_tables_are_refused():
    with pytest.raises(
        InputError, match="weights must be numbers of 0 or more; column 'w' of here has '-1' in row 2 and 1"
    ):
        build(table(4, w=[1, -1, 2, None]), [], {}, "here", {"weight": "w", "text": "text"})
    with pytest.raises(InputError, match="data must hold rows; here has none; check what was passed"):
        build(table(0), [], {}, "here", {})
