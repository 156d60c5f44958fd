"""Are merged, grouped and pivoted tables right, and are rows never multiplied?"""

import pyarrow as pa
import pytest

from naeum.data.clean import GroupBy, Merge, Pivot
from naeum.errors import InputError

SALES = pa.table({"city": ["서울", "부산", "대구", "서울"], "n": [1, 2, 3, 5], "id": ["1", "2", "3", "4"]})


@pytest.fixture
def cities(tmp_path):
    path = tmp_path / "cities.csv"
    path.write_text("city,people\n서울,9\n부산,3\n", encoding="utf-8")
    return str(path)


def test_a_left_merge_keeps_every_row_in_order(cities):
    merged = Merge(cities, ("city",)).made(SALES)
    assert merged.column_names == ["city", "n", "id", "people"]
    assert merged["people"].to_pylist() == [9, 3, None, 9] and merged["id"].to_pylist() == ["1", "2", "3", "4"]
    assert Merge(cities, ("city",), "inner").made(SALES)["id"].to_pylist() == ["1", "2", "4"]


def test_a_key_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("city,people\n서울,9\n서울,8\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a key must stand once in twice.csv; city = 서울 stands more often"):
        Merge(str(path), ("city",)).made(SALES)


def test_groups():
    found = GroupBy(("city",), (("n", "sum"), ("id", "count"))).made(SALES)
    assert found.to_pylist() == [
        {"city": "대구", "n_sum": 3, "id_count": 1},
        {"city": "부산", "n_sum": 2, "id_count": 1},
        {"city": "서울", "n_sum": 6, "id_count": 2},
    ]


def test_a_pivot_has_a_column_a_value():
    found = Pivot("city", "id", "n", "max").made(SALES)
    assert found.column_names == ["city", "1", "2", "3", "4"] and found["4"].to_pylist() == [None, None, 5]


@pytest.mark.parametrize(
    "act, sentence",
    [
        (
            lambda: GroupBy(("city",), (("n", "middle"),)),
            "values must be put together by one of mean, .*; got 'middle'",
        ),
        (lambda: GroupBy(("city",), (("id", "mean"),)).made(SALES), "values that are put together must be numbers"),
        (lambda: Pivot("city", "town", "n").made(SALES), "pivot needs a column of the data: city, n, id; got 'town'"),
        (lambda: Merge("a.csv", ("city",), "outer"), "a merge must be one of left, inner; got 'outer'"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
