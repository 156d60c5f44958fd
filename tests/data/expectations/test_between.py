"""What breaks expectations between columns, between tables, and of the table itself?"""

import pytest

from naeum.data.expectations import load
from naeum.errors import InputError

VISITS = [
    {"start": "2026-01-02", "end": "2026-01-05", "city": "서울"},
    {"start": "2026-01-09", "end": "2026-01-03", "city": "부산"},
    {"start": "2026-01-09", "end": "", "city": "대구"},
]


def test_an_end_before_its_start_is_seen():
    report = load("order:\n  - {first: start, then: end}\n").check(VISITS)
    (result,) = report.broken
    assert result.title == "start ≤ end · order"
    assert result.rows == ({"naeum row": 2, "start": "2026-01-09", "end": "2026-01-03"},)
    assert result.verdict.seen == "1 of 2 values have a start after their end"


def test_keys_must_stand_in_the_other_table(tmp_path):
    (tmp_path / "cities.csv").write_text("name,people\n서울,9\n부산,3\n", encoding="utf-8")
    (tmp_path / "e.yaml").write_text("keys:\n  - {column: city, table: cities.csv, key: name}\n", encoding="utf-8")
    (result,) = load(tmp_path / "e.yaml").check(VISITS).broken
    assert [row["city"] for row in result.rows] == ["대구"]
    (tmp_path / "e.yaml").write_text("keys:\n  - {column: city, table: cities.csv, key: nam}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"keys must stand in a column of cities.csv: name, people; got 'nam'"):
        load(tmp_path / "e.yaml").check(VISITS)


@pytest.mark.parametrize("ends, holds", [("[1, 3]", True), ("[4, null]", False), ("{at_most: 2}", False)])
def test_rows_are_counted(ends, holds):
    assert load(f"rows: {ends}\n").check(VISITS).holds == holds


def test_broken_lines_are_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,x\n" * 60 + "2,y,z\n", encoding="utf-8")
    assert not load("broken_lines: 0\n").check(path).holds
    assert load("broken_lines: {of: 60}\n").check(path).holds


def test_ends_that_cross_are_refused():
    with pytest.raises(InputError, match=r"line 1: at_most must be 5 or more; got 3; correct one end of the row count"):
        load("rows: [5, 3]\n# two lines\n")
