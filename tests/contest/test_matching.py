"""Is each row of a sample given its own row of the test file, and is what is missing or doubled refused?"""

import pyarrow as pa
import pytest

from naeum.contest.matching import matched
from naeum.errors import InputError


def table(**columns):
    return pa.table(columns)


def test_rows_come_in_the_order_of_the_sample():
    found = matched(table(id=["c", "a", "b"], y=["", "", ""]), table(id=["a", "b", "c"], text=["1", "2", "3"]))
    assert found.order.tolist() == [2, 0, 1]
    assert found.copied == ("id",) and not found.note


def test_ids_of_other_types_and_names_in_other_cases_are_the_same_ids():
    found = matched(table(ID=[2, 1], y=[0, 0]), table(id=["1 ", "2"], text=["a", "b"]))
    assert found.order.tolist() == [1, 0] and found.copied == ("ID",)
    assert matched(table(id=[2.0, 1.0], y=[0, 0]), table(id=["1", "2"])).order.tolist() == [1, 0]


def test_two_columns_name_a_row_where_one_does_not():
    sample = table(user=["a", "a", "b"], item=["1", "2", "1"], y=["", "", ""])
    found = matched(sample, table(item=["1", "1", "2"], user=["b", "a", "a"]))
    assert found.order.tolist() == [1, 2, 0] and found.copied == ("user", "item")


def test_without_a_shared_column_the_order_counts_and_is_said():
    found = matched(table(ImageId=["1", "2"], Label=["0", "0"]), table(text=["a", "b"]))
    assert found.order.tolist() == [0, 1] and found.copied == ("ImageId",)
    assert found.note == "The sample shares no column with the test file: rows are matched by their order."
    assert matched(table(label=["0"]), table(text=["a"])).copied == ()


def test_a_last_column_that_the_test_file_has_too_is_still_asked_for():
    assert matched(table(id=["a"], label=["0"]), table(id=["a"], label=["x"])).copied == ("id",)


@pytest.mark.parametrize(
    ("sample", "test", "words"),
    [
        (
            ["a", "a"],
            ["a", "b"],
            "every id of the sample must stand there once; 1 come again, as 'a'; take the doubled",
        ),
        (["a", "b"], ["a", "a"], "every id of the test file must stand there once; 1 come again, as 'a'"),
        (["a", "c"], ["a", "b"], "every id of the sample must stand in the test file; 1 do not, as 'c'; check that"),
        (["a"], ["a", "b"], "every id of the test file must stand in the sample; 1 do not, as 'b'; take these rows"),
    ],
)
def test_missing_and_doubled_ids_are_refused(sample, test, words):
    with pytest.raises(InputError, match=words):
        matched(table(id=sample, y=[""] * len(sample)), table(id=test))


def test_rows_that_cannot_be_told_apart_are_refused():
    with pytest.raises(InputError, match=r"must have as many rows; it has 1 and the test file 2; give both a column"):
        matched(table(n=["1"], y=["0"]), table(text=["a", "b"]))
    with pytest.raises(InputError, match=r"every id of the sample must stand there once; 1 come again, as '1'"):
        matched(table(n=["1", "1"], y=["0", "0"]), table(text=["a", "b"]))
