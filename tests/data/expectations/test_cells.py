"""Which rows break each expectation of a cell?"""

import datetime

import pytest

from naeum.data.expectations import load
from naeum.data.expectations.cells import Length, Pattern, Range, Type, Values, end, kind_of
from naeum.data.kinds import Kind
from naeum.errors import InputError

ROWS = [
    {"나이": "31", "도시": "서울", "코드": "AB-12", "날": "2026-01-02"},
    {"나이": "-1", "도시": "", "코드": "AB-1", "날": "2099-01-01"},
    {"나이": "inf", "도시": "대구", "코드": "", "날": "2. 1. 2026"},
    {"나이": "셋", "도시": "부산", "코드": "XY-99", "날": ""},
]


def broken(column, expectation):
    report = load(f"columns:\n  {column}: {{{expectation}}}\n").check(ROWS)
    return [[row["naeum row"] for row in result.rows] for result in report.broken]


@pytest.mark.parametrize(
    "column, expectation, rows",
    [
        ("나이", "type: number", [[3, 4]]),
        ("나이", "type: whole", [[3, 4]]),
        ("나이", "type: text", []),
        ("나이", "range: [0, 120]", [[2, 3]]),
        ("나이", "range: {at_most: 120}", [[3]]),
        ("도시", "missing: never", [[2]]),
        ("도시", "missing: 0", [[2]]),
        ("도시", "values: [서울, 부산]", [[3]]),
        ("코드", "pattern: '[A-Z]{2}-[0-9]{2}'", [[2]]),
        ("코드", "length: [5, 5]", [[2]]),
        ("코드", "length: {at_least: 2}", []),
        ("날", "type: date", [[3]]),
        ("날", "range: {at_least: 2026-01-01, at_most: today}", [[2]]),
        ("날", "type: {name: date, format: '%d. %m. %Y'}", [[1, 2]]),
    ],
)
def test_rows_that_break_it(column, expectation, rows):
    assert broken(column, expectation) == rows


def test_numbers_and_truth_values_are_compared_as_such():
    rows = [{"n": "1.0", "t": "True"}, {"n": "2", "t": "false"}]
    expected = load("columns:\n  n: {values: [1, 2]}\n  t: {values: [true]}\n")
    assert [result.title for result in expected.check(rows).broken] == ["t · values"]
    assert kind_of([1.5, 2]) == Kind("number")


def test_ends_move_with_the_calendar():
    assert end("today") == "(current_date + 1)"
    assert Range("d", at_least=datetime.datetime(2026, 1, 1)).kind() == Kind("time")
    assert Range("d", at_most="today").kind() == Kind("date")


@pytest.mark.parametrize(
    "made, sentence",
    [
        (lambda: Type("a", name="float"), "a type must be one of .*; got 'float'; correct its name"),
        (lambda: Range("a"), "a range must have an end; got none; write at_least, at_most or both"),
        (lambda: Range("a", at_least="x"), "an end of a range must be a number or a date; got 'x'"),
        (lambda: Values("a"), "values must be named; got none; list them, or leave the key out"),
        (lambda: Pattern("a", matches="["), r"a pattern must be a regular expression; got '\['"),
    ],
)
def test_refusals(made, sentence):
    with pytest.raises(InputError, match=sentence):
        made()


def test_a_strict_length_has_an_open_end():
    assert Length("a", at_least=2).high() == "false"
