"""Does a report say what breaks, with the rows, for people, machines and tests?"""

import json

import pytest

from naeum.data import expectations
from naeum.data.expectations.checking import Unmet, breaking

YAML = "rows: [1, 10]\ncolumns:\n  나이: {range: [0, 120], missing: never}\n  없다: {type: text}\n"
ROWS = [{"나이": "31"}, {"나이": "310"}, {"나이": ""}]


@pytest.fixture
def report():
    return expectations.load(YAML).check(ROWS)


def test_a_column_that_is_gone_breaks_once(report):
    assert [result.title for result in report.broken] == ["없다 · there", "나이 · range", "나이 · missing"]
    assert report.broken[0].verdict.seen == "the column must be there; the data have 나이"


def test_it_is_told_in_lines(report):
    text = str(report)
    assert text.startswith("the data: 1 of 4 expectations hold of 3 rows\n")
    assert "나이 · range: 1 of 2 values are below 0 or above 120" in text
    assert "row 2: 나이 = '310'" in text and "row 3: 나이 = missing" in text


def test_it_is_told_to_machines(report):
    told = json.loads(json.dumps(report.to_json()))
    assert not told["holds"] and told["rows"] == 3 and len(told["broken"]) == 3
    assert {"naeum row": 2, "나이": "310"} in [row for one in told["broken"] for row in one["rows"]]


def test_a_test_fails_with_the_report(report):
    with pytest.raises(Unmet, match="1 of 4 expectations hold"):
        report.require()
    good = expectations.load("rows: [1, 10]\n# all\n").check(ROWS)
    assert good.require() is good


def test_every_breaking_row_is_given_with_its_reasons(report):
    table = breaking(ROWS, report)
    assert table.column("naeum row").to_pylist() == [2, 3]
    assert table.column("naeum breaks").to_pylist() == ["나이 · range", "나이 · missing"]
    nothing = breaking(ROWS, expectations.load("rows: [1, 10]\n# all\n").check(ROWS))
    assert nothing.num_rows == 0 and "naeum breaks" in nothing.column_names


def test_strict_leaves_nothing_to_chance():
    expected = expectations.load("columns:\n  n: {range: {at_least: 0, at_most: 9, of: 500}}\n")
    rows = [{"n": str(n % 10)} for n in range(200)] + [{"n": "11"}]
    assert expected.check(rows).holds and not expected.check(rows, strict=True).holds


def test_only_some_rows_are_shown():
    report = expectations.load("columns:\n  n: {range: [0, 9]}\n").check([{"n": str(n)} for n in range(100)])
    assert len(report.broken[0].rows) == 10 and report.broken[0].verdict.breaking == 90
