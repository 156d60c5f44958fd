"""Do the parts that read tables answer in code as they do in naeum, and learn as well?"""

import subprocess
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts, Task
from naeum.data.inputs import clean_inputs
from naeum.model.table.linear import TableLinear
from naeum.takeaway.piece import Writing
from naeum.takeaway.table import known, units
from naeum.testing.worlds import labels, prices, table
from tests.takeaway.conftest import classes_of, right
from tests.takeaway.test_script import RUFF


def odd(world):
    """Odd rows as the run would read them: what is no number or no category is missing."""
    return clean_inputs(world.odd(), world.TASK.columns)


def test_a_linear_model_of_columns_answers_odd_rows_alike_and_learns_the_same(writing, retrained):
    parts = table.parts(60)
    made = writing(TableLinear(c=0.1), parts, odd(table))
    again = retrained(made.module, parts, classes_of)
    own = made.predictor.predict(parts.tune.rows).scores
    assert np.abs(again - own).max() < 0.01 and right(again, parts.tune) == right(own, parts.tune)


def test_products_and_balanced_classes(writing, retrained):
    parts = table.parts(48)
    made = writing(TableLinear(c=0.01, degree=2, class_weight="balanced"), parts, odd(table))
    again = retrained(made.module, parts, classes_of)
    assert np.abs(again - made.predictor.predict(parts.tune.rows).scores).max() < 0.01


@pytest.mark.parametrize("settings", [{"loss": "huber"}, {"target": "log", "degree": 2}], ids=["huber", "log"])
def test_a_number_of_columns_comes_in_its_own_units(writing, retrained, settings):
    parts = prices.parts(48)
    made = writing(TableLinear(c=1.0, **settings), parts, odd(prices))
    again = retrained(made.module, parts, lambda data: data.truth.to_pylist())
    own = made.predictor.predict(parts.tune.rows).scores
    assert np.abs(again - own).max() <= 1e-3 * np.abs(own).max()


def test_cells_are_read_as_the_run_reads_them(writing):
    parts = table.parts(24)
    module = writing(TableLinear(c=0.1), parts).module
    assert (
        module.as_number("1,200 kg", {"kg": 1.0}) == 1200 and module.as_number("2 lb", {"kg": 1.0, "lb": 0.45}) == 0.9
    )
    assert np.isnan([module.as_number(cell, {}) for cell in ("NA", "?", None, "1e999", float("inf"))]).all()
    with pytest.raises(ValueError, match="no unit or one of"):
        module.as_number("3 pcs", {"kg": 1.0})
    assert [module.as_category(cell) for cell in (" 서울 ", "null", True, 3.0, None)] == [
        "서울",
        None,
        "true",
        "3",
        None,
    ]
    days = ["1970-01-02", "1970-01-02 00:00", "70.01.02", "1970년 1월 2일", "01/02/1970", 86_400]
    assert [module.as_seconds(cell) for cell in days] == [86_400.0] * 6 and np.isnan(module.as_seconds("bald"))


def test_units_that_measure_the_same_are_turned_into_each_other():
    task = Task(inputs=("무게",), kinds=("number",), units=("무게\tkg",))
    assert units(task)["무게"]["kg"] == 1.0 and units(task)["무게"]["lb"] == 0.45359237


def test_a_recipe_of_another_kind_predicts_only(tmp_path):
    note = Writing(tmp_path, table.TASK)
    assert known(None, (TableLinear,), note) is None
    assert note.no_training == ["the script cannot train what has no recipe; it predicts"]


def with_streets(parts):
    """The rows of several labels with a number and a street instead of a text; most streets occur once or twice."""

    def made(data, seed):
        draw = np.random.default_rng(seed)
        has = np.array([0 in codes for codes in data.truth.to_pylist()])
        cells = {"거리": [f"{kind}{at}" for kind, at in zip(has, draw.integers(0, 20, len(has)), strict=True)],
                 "값": (has + draw.normal(0, 0.3, len(has))).tolist()}  # fmt: skip
        task = replace(data.task, inputs=tuple(cells), kinds=("category", "number"))
        return replace(data, rows=pa.table(cells), task=task, key=f"{data.key}/streets")

    return Parts(made(parts.fit, 0), made(parts.tune, 1))


def labels_of(data):
    """The labels of each row, as they are written."""
    return [[data.task.classes[code] for code in codes] for codes in data.truth.to_pylist()]


def test_several_labels_and_rare_categories(writing, retrained):
    parts = with_streets(labels.parts(60))
    made = writing(TableLinear(c=0.1), parts)
    assert len(made.module.build().load(made.module.WEIGHTS).columns.words["거리"]) > 24
    again = retrained(made.module, parts, labels_of)
    assert np.abs(again - made.predictor.predict(parts.tune.rows).scores).max() < 0.01


def checked(file):
    """Fail where a program is not formatted, or something in it is unused or unknown."""
    for asked in (["check", "--select", "E,F,W,I,B,UP"], ["format", "--diff"]):
        done = subprocess.run(
            [RUFF, *asked, "--isolated", "--line-length", "120", file], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("world", [table, prices])
def test_the_program_of_a_table_is_formatted_and_nothing_in_it_is_unused(writing, world):
    checked(writing(TableLinear(c=0.1), world.parts(24)).file)
