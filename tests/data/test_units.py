"""Are numbers of later rows in the unit they were learned with, converted or refused with their row and column?"""

from __future__ import annotations

import pandas as pd
import pytest

from naeum.contract import Task
from naeum.data import read, rows_of
from naeum.data.units import QUANTITIES, factor, of_task, written
from naeum.errors import InputError


def learned(unit: str):
    """The task of a file whose weights have a unit."""
    rows = [
        {"무게": f"{at % 50 + 1}{unit}", "town": "서울부산"[at % 2 :: 2], "label": "ab"[at % 2]} for at in range(60)
    ]
    return read(rows, target="label").dataset


def test_the_unit_of_the_rows_to_learn_from_is_kept():
    data = learned(" kg")
    assert of_task(data.task.units) == {"무게": "kg"}
    assert Task.from_json(data.task.to_json()) == data.task
    assert learned("").task.units == () and "units" not in learned("").task.to_json()


def test_other_units_of_the_same_quantity_are_converted():
    task = learned(" kg").task
    rows = rows_of([{"무게": one, "town": "서울"} for one in ("12 lb", "500 g", "3", "1,000 kg", "", "모름")], task)
    assert rows["무게"].to_pylist() == [pytest.approx(5.44310844), pytest.approx(0.5), 3.0, 1000.0, None, None]


def test_units_of_another_quantity_are_refused_with_row_and_column():
    task = learned(" kg").task
    with pytest.raises(
        InputError,
        match=r"numbers must have the unit they were learned with; row 2 of column '무게' has '12 cm', where the model "
        r"learned numbers in kg; write it in kg",
    ):
        rows_of([{"무게": "3 kg", "town": "서울"}, {"무게": "12 cm", "town": "서울"}], task)


def test_plain_numbers_take_no_unit():
    task = learned("").task
    message = (
        r"row 3 of column '무게' has '12 lb', where the model learned numbers without a unit; write the number alone"
    )
    with pytest.raises(InputError, match=message):
        rows_of(pd.DataFrame({"무게": ["1", "2", "12 lb"], "town": ["서울"] * 3}), task)
    assert rows_of([{"무게": "1,250", "town": "서울"}, {"무게": 7, "town": "서울"}], task)["무게"].to_pylist() == [
        1250.0,
        7.0,
    ]


def test_a_given_file_is_read_in_the_units_of_the_training_data(tmp_path):
    task = learned(" kg").task
    (tmp_path / "test.csv").write_text("무게,town,label\n1000 g,서울,a\n2 kg,부산,b\n", encoding="utf-8")
    assert read(tmp_path / "test.csv", task=task, part="test").dataset.rows["무게"].to_pylist() == [1.0, 2.0]
    (tmp_path / "bad.csv").write_text("무게,town,label\n1 kg,서울,a\n2 km,부산,b\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2 of column '무게' has '2 km'"):
        read(tmp_path / "bad.csv", task=task, part="test")


def test_factors_are_those_of_their_definitions():
    assert factor("mi", "km") == pytest.approx(1.609344) and factor("h", "min") == pytest.approx(60)
    assert factor("oz", "lb") == pytest.approx(1 / 16) and factor("ft", "in") == pytest.approx(12)
    names = [name for one in QUANTITIES for name in one]
    assert len(names) == len(set(names))


def test_names_with_tabs_and_none_at_all():
    assert of_task(written({"a\tb": "kg", "c": ""})) == {"a\tb": "kg"} and of_task(()) == {}
