"""Are cells read as texts and as numbers whatever their type?"""

import math

import pyarrow as pa
import pytest

from naeum.data.clean.step import column_of, missing_in, numbers_of, texts_of
from naeum.errors import InputError

COLUMNS = {
    "text": pa.chunked_array([["1", "", None, "하나"]]),
    "number": pa.chunked_array([[1.0, math.nan, None, 2.5]]),
    "whole": pa.chunked_array([[1, None], [None, 2]]),
}


@pytest.mark.parametrize("name, texts", [("text", ["1", None, None, "하나"]), ("whole", ["1", None, None, "2"])])
def test_texts(name, texts):
    assert texts_of(COLUMNS[name]) == texts


def test_numbers_and_missing():
    assert [None if math.isnan(n) else n for n in numbers_of(COLUMNS["text"])] == [1.0, None, None, None]
    assert [None if math.isnan(n) else n for n in numbers_of(COLUMNS["whole"])] == [1.0, None, None, 2.0]
    assert missing_in(COLUMNS["number"]).tolist() == [False, True, True, False]


def test_a_column_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"fill needs a column of the data: age; got 'aeg'; did you mean 'age'?"):
        column_of(pa.table({"age": [1]}), "aeg", "fill")
