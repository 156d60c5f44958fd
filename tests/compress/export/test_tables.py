"""Does a model of a table answer as its exported folder does: gaps, new categories, dates, units, Hangul names?"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.compress.export import folder, parity
from naeum.compress.export.exported import Exported
from naeum.compress.reading import reader
from naeum.contract import Task
from naeum.data.rows import rows_of
from naeum.errors import InputError, ParityError
from naeum.model.around.bagged import Bagged
from naeum.model.around.blend import Blend
from naeum.model.around.columns import Columns, Group
from naeum.model.around.conformal import Conformal
from naeum.model.around.prepared import Prepared
from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import Derived
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear
from naeum.model.table.network import TableNetwork
from naeum.model.table.perceptron import Perceptron
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.worlds import prices, table
from naeum.train.recipe import Optimization

LINES, GROWN = TableLinear(c=1.0), Boosting(rounds=10, leaves=8, least_rows=5)
MADE = ("logs", "ranks", "pairs", "means", "counts", "spans")
LEARNERS = {
    "blend": Blend((LINES, GROWN, Forest(trees=5)), how="mean"),
    "products": TableLinear(c=1.0, degree=2),
    "made columns": Derived(AdaBoost(trees=5), MADE),
    "bag": Bagged(Derived(LINES, ("logs",)), folds=3),
    "cleaned": Prepared(LINES, ()),
    "network": TableNetwork(Perceptron(width=16, layers=1), Optimization(epochs=2.0), pieces=4),
}
CLOSE = {"network": 1e-4}  # of a graph, in float32; arrays answer as they did
ROWS = [
    {"나이": "31", "요금": "1,200.50", "town": " 서울", "joined": "2020-03-01", "memo": "안녕"},
    {"나이": None, "요금": 55, "town": "새 도시", "joined": None, "memo": None},
    {"요금": "NA", "town": "NA", "joined": "2021년 5월 6일", "memo": ""},
    {"나이": float("inf"), "요금": "abc", "town": "True", "joined": "20200913", "memo": 7},
]


def opened(fitted, rows, place):
    folder.export(fitted, place, rows)
    return reader.Model(place, 1)


@pytest.mark.parametrize("world", [table, prices])
@pytest.mark.parametrize("name", LEARNERS)
def test_rows_are_answered_as_the_run_answers_them(name, world, run, tmp_path):
    given = world.parts(48)
    fitted = run.fit(LEARNERS[name], given)
    model = opened(fitted, given.tune.rows, tmp_path / "out")
    own, close = fitted.predict(rows_of(ROWS, given.fit.task)), CLOSE.get(name, 1e-6)
    np.testing.assert_allclose(model.scores(ROWS), own.scores, rtol=close, atol=close)
    odd = rows_of(world.odd().to_pylist(), given.fit.task)  # as rows arrive
    told = model.scores([list(row) for row in zip(*(odd[one].to_pylist() for one in odd.column_names), strict=True)])
    np.testing.assert_allclose(told, fitted.predict(odd).scores, rtol=close, atol=close)


def test_rows_of_a_file_are_answered_with_numpy_alone(run, tmp_path, alone):
    given = table.parts(48)
    fitted = run.fit(LEARNERS["blend"], given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy"] and "pip install numpy\n" in (tmp_path / "out" / folder.README).read_text()
    (tmp_path / "행.csv").write_text(
        "town;나이;joined;요금;memo\n서울;31;2020-03-01;55.5;안녕\n;;;;\n", encoding="utf-8-sig"
    )
    rows = [
        {"town": "서울", "나이": 31, "joined": "2020-03-01", "요금": 55.5, "memo": "안녕"},
        dict.fromkeys(table.KINDS),
    ]
    own = fitted.predict(rows_of(rows, given.fit.task))
    for asked in (["--csv", str(tmp_path / "행.csv")], [json.dumps(row) for row in rows]):
        found = alone(tmp_path / "out", *asked, without="onnxruntime tokenizers PIL")
        assert [one["prediction"] for one in found] == own.labels.tolist()
        np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-6)


def test_numbers_keep_their_units_and_intervals(run, tmp_path):
    given = prices.parts(48)
    task = replace(given.fit.task, units=("요금\tkg",))
    parts = replace(given, fit=_weighed(given.fit, task), tune=_weighed(given.tune, task))
    fitted = run.fit(Conformal(Blend((LINES, GROWN), how="mean")), parts)
    model = opened(fitted, given.tune.rows, tmp_path / "out")
    rows = [{**ROWS[0], "요금": "1,200 g"}, {**ROWS[0], "요금": "1.2kg"}]
    own = fitted.predict(rows_of(rows, task))
    assert len(set(model.scores(rows)[:, 0])) == 1
    np.testing.assert_allclose([[one["low"], one["high"]] for one in model.predict(rows)], own.quantiles, rtol=1e-6)
    with pytest.raises(
        ValueError, match="row 2 of column '요금' has '3 m', where the model learned numbers in kg; write"
    ):
        model.predict([ROWS[0], {**ROWS[0], "요금": "3 m"}])
    with pytest.raises(InputError, match="row 2 of column '요금' has '3 m', where the model learned numbers in kg"):
        rows_of([ROWS[0], {**ROWS[0], "요금": "3 m"}], task)


def test_a_blend_of_intervals_has_the_mean_of_them(run, tmp_path):
    given = prices.parts(48)
    fitted = run.fit(Blend((Conformal(LINES), Conformal(GROWN)), how="mean"), given)
    model = opened(fitted, given.tune.rows, tmp_path / "out")
    own = fitted.predict(given.tune.rows)
    np.testing.assert_allclose(parity.answers(model, own.task, given.tune.rows).quantiles, own.quantiles, rtol=1e-5)


def test_texts_beside_cells_are_read_by_their_own_learner(run, tmp_path):
    given = table.parts(48)
    cells = Group(("나이", "요금", "town", "joined"), Derived(LINES, MADE))
    fitted = run.fit(Columns((Group(("memo",), TfidfLogistic(words=(1, 1), chars=(1, 2))), cells)), given)
    model = opened(fitted, given.tune.rows, tmp_path / "out")
    own = fitted.predict(rows_of(ROWS, given.fit.task))
    np.testing.assert_allclose(model.scores(ROWS), own.scores, atol=1e-5)


def test_a_rung_of_a_table_is_what_is_served(run, tmp_path):
    given = table.parts(48)
    fitted = run.fit(Exported(GROWN), given)
    np.testing.assert_allclose(
        fitted.predict(given.tune.rows).scores, run.fit(GROWN, given).predict(given.tune.rows).scores, atol=1e-6
    )


def test_a_changed_tree_does_not_pass_the_gate(run, tmp_path, monkeypatch):
    given = table.parts(48)
    fitted = run.fit(GROWN, given)
    from naeum.compress.export import parts, tables

    def other(predictor, filing):
        return tables.trees(replace(predictor, start=predictor.start + 1.0 * np.arange(len(predictor.start))), filing)

    writers = tuple((kinds, other if write is tables.trees else write) for kinds, write in parts.WRITERS)
    monkeypatch.setattr(parts, "WRITERS", writers)
    with pytest.raises(ParityError, match="scores part by 2"):
        folder.export(fitted, tmp_path / "out", given.tune.rows)


def test_a_rule_of_the_users_own_is_refused(run, tmp_path):
    given = table.parts(24)
    fitted = replace(run.fit(LINES, given), task=replace(given.fit.task, decide="my.py:rule#1"))
    with pytest.raises(InputError, match="a rule of naeum's to be exported; this one decides by my"):
        folder.export(fitted, tmp_path / "out", given.tune.rows)


def test_one_column_may_be_given_bare(run, tmp_path):
    given = prices.parts(48)
    task = Task(("요금",), "가격", metric="r2", output="number", kinds=("number",))
    parts = replace(given, fit=_only(given.fit, task), tune=_only(given.tune, task))
    fitted = run.fit(LINES, parts)
    model = opened(fitted, parts.tune.rows, tmp_path / "out")
    own = fitted.predict(rows_of([50, "60", None], task)).scores
    np.testing.assert_allclose(model.scores([50, "60", None]), own, rtol=1e-6)
    np.testing.assert_allclose(model.scores([{"요금": 50}, {"요금": "60"}, {}]), own, rtol=1e-6)
    with pytest.raises(ValueError, match="rows must have the columns 요금; none has '요금'; give it, null if unknown"):
        model.predict([{"fee": 3}])


def _weighed(data, task):
    return replace(data, task=task, key=f"{data.key}/weighed")


def _only(data, task):
    rows = pa.table({name: data.rows[name] for name in task.inputs})
    return replace(data, task=task, rows=rows, key=f"{data.key}/only")
