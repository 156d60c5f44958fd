"""Are numbers read as people write them, and refused where they are no one number?"""

import pyarrow as pa
import pytest

from naeum.data.clean import Fill, ParseNumbers, Recipe
from naeum.data.clean.numbers import number
from naeum.errors import InputError


def settled(*texts, **how):
    return ParseNumbers("x", **how).settled(pa.table({"x": list(texts)}))


def read(*texts, **how):
    table = pa.table({"x": list(texts)})
    return ParseNumbers("x", **how).settled(table).apply(table)["x"].to_pylist()


@pytest.mark.parametrize(
    "text, value",
    [
        ("12", 12.0), ("-3.5", -3.5), ("−3", -3.0), ("+7", 7.0), (".5", 0.5), ("1e3", 1000.0), ("1,234,567", 1234567.0),
        ("1 234", 1234.0), ("1'234.5", 1234.5), ("(5)", -5.0), ("12 %", 0.12), ("7％", 0.07), ("3만", 30000.0),
        ("1.5억", 1.5e8), ("  12  ", 12.0),
    ],
)  # fmt: skip
def test_forms_of_a_number(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "none", "12 34", "1,23,4", "1-2", "(5", "5)", "--5", "1.2.3", "010-1234-5678", "2026-01-02", "12:30", "kg"],
)
def test_what_is_no_number(text):
    assert number(text) is None


def test_units_and_currencies_stand_on_either_side():
    assert read("1,234원", "500 원", "(2,000원)") == [1234.0, 500.0, -2000.0]
    assert read("$1,200.50", "$ 3", "-$4", "US") == [1200.5, 3.0, -4.0, None]
    assert settled("12 kg", "7").unit == "kg" and read("12 kg", "7") == [12.0, 7.0]
    assert read("3만 원", "1억원") == [30000.0, 1e8]


def test_the_decimal_mark_is_told_from_the_rows():
    assert settled("1.234,5", "2").decimal == "," and read("1.234,5", "1.234") == [1234.5, 1234.0]
    assert settled("1,234").decimal == "." and read("1,234", "0.5") == [1234.0, 0.5]
    assert read("1,5", decimal=",") == [1.5]


def test_several_units_are_refused_until_one_is_named():
    with pytest.raises(InputError, match=r"must have one unit; x has kg, lb; name the one to keep, as in x=kg"):
        settled("3 kg", "4 kg", "7 lb")
    assert read("3 kg", "7 lb", "5", unit="kg") == [3.0, None, 5.0]


def test_refusals():
    with pytest.raises(InputError, match=r"must hold some; x has none \(such as '서울'\); leave it"):
        settled("서울")
    with pytest.raises(InputError, match=r"must have one decimal mark; x has \. and ,; make them alike"):
        settled("1,5", "2.5")
    with pytest.raises(InputError, match=r"a decimal mark must be \. or ,; got ';'; write one of them"):
        ParseNumbers("x", decimal=";")


def test_numbers_stay_and_a_settled_step_serves():
    plain = pa.table({"x": [1, 2]})
    step = ParseNumbers("x").settled(plain)
    assert step.apply(plain) is plain and step.settled(plain) is step
    recipe, after, changes = Recipe((ParseNumbers("x"), Fill("x"))).run(pa.table({"x": ["1,000원", None, "3,000원"]}))
    assert after["x"].to_pylist() == [1000.0, 2000.0, 3000.0] and changes[0].cells == 2
    assert recipe.serve(pa.table({"x": ["5 kg", "7원"]}))["x"].to_pylist() == [2000.0, 7.0]
    assert Recipe.read(recipe.to_json()) == recipe
