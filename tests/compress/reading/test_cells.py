"""Does what somebody gives become the same cells in an exported folder as in a run?"""

from __future__ import annotations

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from naeum.compress.reading.cells import category, dated, measured, missing, picture, tidied, valid
from naeum.contract import Task
from naeum.data.inputs import clean
from naeum.data.rows import rows_of

NUMBERS = [
    "3", " 4.5 ", "-.5", "5.", "+7", "1e3", "1e999", "１２", "1,234", "1,23", "12 kg", "3kg", "0.5 g", "NaN", "", "x",
    "0x10", "1_000", "\u00a05", None,
]  # fmt: skip
WORDS = [" 서울 ", "", "NA", "n/a", "None", "TRUE", "false", "a\x00b", "\u3000부산", "Null", "nullify", None, "٣"]


def test_numbers_are_read_as_training_reads_them():
    own = clean(pa.chunked_array([NUMBERS]), "number", "무게", "kg").to_pylist()
    found = [measured(one, 1, "무게", "kg") for one in NUMBERS]
    assert [None if one != one else one for one in found] == own


@pytest.mark.parametrize(
    "given",
    [[1, 2], [1.5, float("nan"), float("inf")], [True, False], [Decimal("1.25")], [datetime.timedelta(minutes=1)]],
)
def test_values_of_other_types_are_numbers_too(given):
    own = clean(pa.chunked_array([pa.array(given, from_pandas=True)]), "number", "", "").to_pylist()
    found = [measured(one, 1, "", "") for one in given]
    assert [None if one != one else one for one in found] == own


def test_categories_are_read_as_training_reads_them():
    assert [category(one) for one in WORDS] == clean(pa.chunked_array([WORDS]), "category").to_pylist()
    for given in ([3, 4], [3.0, 0.1, 1e-7, -2.0, 123456789.5], [True, False], [b"\xec\x84\x9c"]):
        own = clean(pa.chunked_array([pa.array(given)]), "category").to_pylist()
        assert [category(one) for one in given] == own


def test_dates_of_every_type_are_seconds():
    day = datetime.datetime(2020, 5, 6, 7, 8, 9, 250_000)
    zone = day.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=9)))
    for given in (day, zone, day.date()):
        own = clean(pa.chunked_array([pa.array([given])]), "date").to_pylist()
        assert [dated(given)] == own
    assert dated(np.datetime64("1970-01-02")) == 86_400 and dated(pd.Timestamp(day)) == dated(day)
    assert all(dated(one) != dated(one) for one in (None, pd.NaT, "soon", float("nan"), ""))
    assert dated(5) == 5.0 and dated("1970-01-02") == 86_400


def test_what_is_missing_and_what_is_no_unicode():
    assert all(missing(one) for one in (None, float("nan"), np.nan, pd.NA, pd.NaT)) and not missing("")
    assert valid(None) == "" and valid(3) == "3" and valid("\ud800 가") == "\ufffd 가"


def test_images_are_bytes_or_paths(tmp_path):
    (tmp_path / "한.png").write_bytes(b"abc")
    assert picture(str(tmp_path / "한.png")) == b"abc" == picture({"bytes": b"abc"}) == picture(bytearray(b"abc"))
    assert picture(None) is None and picture("") is None and picture({"bytes": None}) is None


def test_rows_come_as_texts_lists_or_dictionaries():
    task = Task(("a", "b"), kinds=("text", "number"))
    rows = [{"b": "3", "a": "가", "more": 1}, {"a": None}]
    own = rows_of(rows, task)
    found = tidied(rows, task.to_json())
    assert found[0] == ["가", 3.0] and found[1][0] == "" == own["a"].to_pylist()[1] and found[1][1] != found[1][1]
    assert tidied([["가", "3"]], task.to_json()) == [["가", 3.0]]
    assert tidied(["가", None], Task().to_json()) == [["가"], [""]]
    assert tidied([{"text": "가"}], Task().to_json()) == [["가"]]
    tags = Task(("words",), kinds=("words",), output="tags").to_json()
    assert tidied(["서울 에", ["a b"], {"words": ["x"]}, None], tags) == [["서울", "에"], ["a b"], ["x"], []]
