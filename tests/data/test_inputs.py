"""Is a column the same input from a file, a DataFrame or a dict, and is what cannot be read missing or refused?"""

import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.data import rows_of
from naeum.data.inputs import clean, clean_inputs, hash_input, lists, measures, numbers, unread
from naeum.errors import InputError

TASK = Task(
    inputs=("나이", "성별", "날", "말", "사진"), target="y", kinds=("number", "category", "date", "text", "image")
)
ROW = {"나이": 3.0, "성별": "여", "날": 86400.0, "말": "안녕 하세요", "사진": b"\x89PNG"}


def column(*values, kind=None):
    return pa.chunked_array([pa.array(list(values), kind)])


@pytest.mark.parametrize(
    "given",
    [
        column("3", " 4.5 ", "1e3", "NA", "", None, "inf", "스물"),
        column("3 kg", "4.5kg", "1,000 kg", "none", "", None, "12 lb", "?"),
        column("₩3", "₩4.5", "₩1,000", "?", "?", None, "?", "3 €"),
        column(3.0, 4.5, 1000.0, float("nan"), None, None, float("inf"), None),
    ],
)
def test_numbers_are_read_however_they_are_written(given):
    found = numbers(given)
    assert found[:3].tolist() == [3.0, 4.5, 1000.0] and np.isnan(found[3:]).all()


def test_numbers_of_other_types():
    assert numbers(column(True, None, kind=pa.bool_()))[0] == 1.0
    assert numbers(column("1", "2").dictionary_encode()).tolist() == [1.0, 2.0]
    assert numbers(column(datetime.timedelta(seconds=90))).tolist() == [90.0]
    assert np.isnan(numbers(column(None, None))).all() and len(numbers(pa.chunked_array([], pa.string()))) == 0


def test_a_unit_that_most_values_have_wins():
    assert np.isnan(measures(["1 kg", "2 kg", "3 lb"])).tolist() == [False, False, True]
    assert measures(["1,234원", "12.5%"])[0] == 1234.0


def test_categories_have_one_spelling_and_unknown_ones_stay():
    found = clean(column(" 서울", "TRUE", "None", "n/a", "처음 보는 곳", "a\x00b"), "category")
    assert found.to_pylist() == ["서울", "true", None, None, "처음 보는 곳", "ab"]
    assert clean(column(True, False), "category").to_pylist() == ["true", "false"]


def test_dates_become_seconds():
    assert clean(column("1970-01-02", "1970-01-01 00:01", "1970년 1월 3일", "어제"), "date").to_pylist() == [
        86400.0, 60.0, 172800.0, None,
    ]  # fmt: skip
    stamps = pa.chunked_array([pa.array([datetime.datetime(1970, 1, 2)], pa.timestamp("ns"))])
    assert clean(stamps, "date").to_pylist() == [86400.0]
    assert clean(column(datetime.date(1970, 1, 3)), "date").to_pylist() == [172800.0]


def test_words_are_lists_or_json():
    assert lists(column('["가", 1]', None, "", kind=pa.string()), "w").to_pylist() == [["가", "1"], None, None]
    assert lists(column(["가", "나"], None), "w").to_pylist() == [["가", "나"], None]
    with pytest.raises(InputError, match=r"every value must be a list; column 'w' has 'a b' in row 1; write"):
        lists(column("a b"), "w")


def test_images_are_bytes_or_paths(tmp_path):
    (tmp_path / "사진.png").write_bytes(b"\x89PNG")
    assert clean(column(str(tmp_path / "사진.png"), None), "image").to_pylist() == [b"\x89PNG", None]
    assert clean(column({"bytes": b"a", "path": None}), "image").to_pylist() == [b"a"]
    with pytest.raises(InputError, match=r"column 'p' has 'nothere.png', which cannot be read; check the path"):
        clean(column("nothere.png"), "image", "p")
    with pytest.raises(InputError, match=r"images must be bytes or paths of files; column 'p' holds int64; give one"):
        clean(column(3), "image", "p")


def test_rows_are_the_same_from_anywhere(tmp_path):
    frame = pd.DataFrame({**{name: [value] for name, value in ROW.items()}, "날": [pd.Timestamp("1970-01-02")]})
    written = {**ROW, "나이": "3", "날": "1970-01-02"}
    for things in (frame, [written], pa.table({name: [value] for name, value in written.items()}), {
        name: [value] for name, value in written.items()
    }):  # fmt: skip
        found = rows_of(things, TASK)
        assert found.to_pylist() == [ROW]
        assert [str(kind) for kind in found.schema.types] == ["double", "string", "double", "string", "binary"]
    assert rows_of([], TASK).num_rows == 0
    mixed = [{**written, "나이": 3}, {**written, "나이": "4", "성별": None, "말": None}]
    assert rows_of(mixed, TASK).column("나이").to_pylist() == [3.0, 4.0]
    assert rows_of(mixed, TASK).column("말").to_pylist() == ["안녕 하세요", ""]
    assert rows_of([1, None, "3"], Task(inputs=("x",), kinds=("number",)))["x"].to_pylist() == [1.0, None, 3.0]


def test_rows_without_a_column_are_refused():
    with pytest.raises(InputError, match=r"the input column must be one of the columns of the rows: .*; got '사진'"):
        rows_of([{"나이": 1, "성별": "여", "날": None, "말": ""}], TASK)
    with pytest.raises(InputError, match=r"rows must have the columns 나이, .*; got bare strings; pass a DataFrame"):
        rows_of([1, 2], TASK)


def test_hashes_know_values_and_not_chunks():
    for values, kind in (
        ([0.0, None, 2.5], pa.float64()),
        ([b"\xff", None, b""], pa.binary()),
        (["가", None, ""], None),
    ):
        whole, cut = pa.array(values, kind), [pa.array(values[:1], kind), pa.array(values[1:], kind)]
        found = hash_input(pa.chunked_array([whole]))
        assert (found == hash_input(pa.chunked_array(cut))).all() and len(set(found.tolist())) == 3
    assert hash_input(column(0.0))[0] == hash_input(column(-0.0))[0]
    assert hash_input(column(["가", "나"]))[0] != hash_input(column(["가나"]))[0]


def test_what_could_not_be_read_is_counted():
    table = pa.table({"a": ["1", "NA", "스물", "셋"], "b": ["x", "y", "z", "w"], "c": [1.0, None, 2.0, 3.0]})
    kinds = {"a": "number", "b": "category", "c": "number"}
    assert unread(table, clean_inputs(table, kinds), kinds) == [
        "values of a that are no number, taken as missing: 2 (such as '스물')"
    ]
