"""Are times read in the ways people write them?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data.times import numbers, seconds
from naeum.errors import InputError


def read(*values):
    return seconds(pa.chunked_array([list(values)], pa.string()), "date", "a.csv").tolist()


@pytest.mark.parametrize(
    "text",
    [
        "2015-03-29",
        "2015.03.29",
        "15.03.29",
        "2015/03/29",
        "20150329",
        "29.03.2015",
        "03/29/2015",
        "2015-03-29T00:00:00Z",
    ],
)
def test_one_day_in_many_ways(text):
    assert read(text) == [1_427_587_200.0]


def test_numbers_are_times_as_they_are():
    assert read("1", "2.5", "-3") == [1.0, 2.5, -3.0]


def test_what_is_no_time_is_refused_with_its_row():
    with pytest.raises(
        InputError, match=r"every row must have a time.*'date' of a.csv has 'soon' in row 2 and 1 more such"
    ):
        read("2015-03-29", "soon", None)


def test_what_is_no_number_is_nan():
    assert np.isnan(numbers(pa.chunked_array([["1", "x", None]], pa.string()))).tolist() == [False, True, True]
