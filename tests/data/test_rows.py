"""Do texts from anywhere become the same input columns?"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.data import rows_of
from naeum.data.rows import as_strings, clean_texts, string_columns
from naeum.errors import InputError

TASK = Task(inputs=("text",))


def test_rows_of_takes_strings_frames_tables_and_dicts():
    expected = {"text": ["가", "", "나"]}
    for things in (
        ["가", None, "나"],
        ("가", float("nan"), "\x00나"),
        np.array(["가", "", "나"], dtype=object),
        pd.Series(["가", None, "나"]),
        ["가", pd.NA, "나"],
        pd.Series(["가", pd.NA, "나"], dtype="string"),
        pd.DataFrame({"other": [1, 2, 3], "text": ["가", None, "나"]}),
        pa.table({"text": ["가", None, "나"]}),
        [{"text": "가"}, {"text": None}, {"text": "나\x00"}],
    ):
        assert rows_of(things, TASK).to_pydict() == expected
    assert rows_of([], TASK).num_rows == 0
    assert rows_of(["\ud800"], TASK).num_rows == 1


def test_rows_of_refuses_what_is_no_text():
    with pytest.raises(InputError, match=r"texts must come in a list; got one string; write \[text\]"):
        rows_of("하나", TASK)
    with pytest.raises(InputError, match="texts must be strings; got int at position 1"):
        rows_of(["하나", 2], TASK)
    with pytest.raises(
        InputError, match="the text column must be one of the columns of the rows: Text; got 'text'; did you"
    ):
        rows_of(pd.DataFrame({"Text": ["하나"]}), TASK)
    with pytest.raises(InputError, match="rows must have the columns a, b; got bare strings"):
        rows_of(["하나"], Task(inputs=("a", "b")))


@pytest.mark.parametrize(
    "given, expected",
    [
        (pa.array([1, None, 3]), ["1", None, "3"]),
        (pa.array([1.0, float("nan"), 0.5]), ["1", None, "0.5"]),
        (pa.array([True, None]), ["true", None]),
        (pa.array(["가", None]).dictionary_encode(), ["가", None]),
        (pa.array([["가", 1 and "b"], None]), ['["가", "b"]', None]),
        (pa.array([b"\xea\xb0\x80", b"\xff"]), ["가", "\ufffd"]),
        (pa.nulls(2), [None, None]),
        (pa.array(["가"], pa.large_string()), ["가"]),
    ],
)
def test_any_type_becomes_strings(given, expected):
    found = as_strings(given)
    assert found.type == pa.string() and found.to_pylist() == expected


def test_clean_texts_copy_nothing_that_is_clean():
    clean = pa.array(["가", "나"])
    assert clean_texts(clean) is clean
    assert clean_texts(pa.array(["a\x00b", None])).to_pylist() == ["ab", ""]


def test_string_columns_leave_strings_alone():
    table = pa.table({"a": ["x"], "b": [1]})
    assert (
        string_columns(table, ["a"]).column("a").chunk(0).buffers()[2].address
        == table["a"].chunk(0).buffers()[2].address
    )
    assert string_columns(table, ["b"]).to_pydict() == {"b": ["1"]}


def test_clean_columns_are_not_copied():
    table = pa.table({"text": ["가", "나"], "more": [1, 2]})
    found = rows_of(table, TASK)
    assert found["text"].chunk(0).buffers()[2].address == table["text"].chunk(0).buffers()[2].address
