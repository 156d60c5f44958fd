"""Are rows cleaned at serving as they were at training, and are row steps kept to the fit rows?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import AUGMENTED, Parts, Task, subset
from naeum.data import read
from naeum.data.clean import Clip, DropDuplicates, DropRows, Encode, Fill, GroupBy, Normalise, Resample
from naeum.errors import InputError
from naeum.model.around.prepared import Cleaning, Prepared, prepared
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import dataset, make
from naeum.testing.runs import TinyRun

TASK = Task(classes=("a", "b"))


class Spy:
    """A learner that keeps what it was given."""

    kind, version, shapes = "spy", 1, frozenset({"N→1"})

    def fit(self, parts, run):
        self.parts = parts
        return Majority().fit(parts, run)


def given(learner_steps, fit, tune, tmp_path):
    spy = Spy()
    run = TinyRun(tmp_path)
    fitted = Prepared(spy, learner_steps)
    object.__setattr__(run, "fit", lambda inner, parts, share=1.0: spy.fit(parts, run))
    return fitted.fit(Parts(fit, tune), run), spy.parts


def test_row_steps_touch_the_fit_rows_only(tmp_path):
    fit = dataset(["가", "가", "나", " 나 "], [0, 0, 1, 1], TASK)
    tune = dataset(["가", "가", " 다  라 "], [0, 0, 1], TASK)
    predictor, seen = given((Normalise("text"), DropDuplicates(("text",))), fit, tune, tmp_path)
    assert seen.fit.rows["text"].to_pylist() == ["가", "나"]
    assert seen.tune.rows["text"].to_pylist() == ["가", "가", "다 라"] and (seen.tune.ids == tune.ids).all()
    assert len(predictor.predict(tune.rows)) == 3


def test_value_steps_are_settled_on_fit_alone(tmp_path):
    fit = dataset(["10", "20", "", "1000"], [0, 1, 0, 1], TASK)
    tune = dataset(["", "5000"], [0, 1], TASK)
    predictor, seen = given((Fill("text"), Clip("text", "percentiles")), fit, tune, tmp_path)
    fill, clip = predictor.steps
    assert fill.value == 20.0 and clip.high == pytest.approx(970.6)
    assert seen.tune.rows["text"].to_pylist() == ["20", "970.6"]


def test_unheard_rows_are_cleaned_and_stay(tmp_path):
    data = dataset(["가", "가", "가 ", "나"], [-1, 0, 0, 1], TASK)
    data = replace(data, weight=np.array([1, 0, 1, 1], np.float32))
    made, _ = prepared(data, (Normalise("text"), DropDuplicates(("text",))), 0)
    assert made.ids.tolist() == data.ids.tolist() and made.rows["text"].to_pylist() == ["가", "가", "가", "나"]


def test_rows_taken_again_have_ids_of_their_own():
    data = dataset(["가", "나", "다", "라"], [0, 0, 0, 1], TASK)
    made, _ = prepared(data, (Resample("label"),), 0)
    assert np.bincount(made.target).tolist() == [3, 3]
    assert len(set(made.ids.tolist())) == 6 and set(made.parent.tolist()) == set(data.ids.tolist())
    assert (made.origin == AUGMENTED).sum() == 2 and made.key != data.key


def test_soft_targets_go_along():
    data = replace(make(4), soft=np.eye(2, dtype=np.float32)[[0, 1, 0, 1]])
    made, _ = prepared(data, (DropRows((1,)),), 0)
    assert made.soft.tolist() == [[0, 1], [1, 0], [0, 1]]


def test_a_model_serves_what_it_was_trained_on(tmp_path):
    texts = ["아주 좋다", "정말 좋다", "아주 나쁘다", "정말 나쁘다"] * 6
    fit = dataset(texts, [0, 0, 1, 1] * 6, TASK)
    predictor = Prepared(TfidfLogistic(), (Normalise("text"),)).fit(
        Parts(fit, subset(fit, [], "none")), TinyRun(tmp_path)
    )
    decomposed = pa.table({"text": ["  \u110c\u1169\u1107\u1161 \u110c\u1169\u11c2\u1103\u1161", "나쁘다"]})
    composed = pa.table({"text": ["조바 좋다", "나쁘다"]})
    assert np.array_equal(predictor.predict(decomposed).scores, predictor.predict(composed).scores)
    assert isinstance(predictor, Cleaning) and predictor.predict(composed.slice(0, 0)).scores.shape == (0, 2)


def test_steps_that_make_other_inputs_are_refused(tmp_path):
    with pytest.raises(InputError, match="steps around a learner must change cells or choose rows; got group_by"):
        Prepared(Majority(), (GroupBy(("a",), (("b", "sum"),)),))
    fit = dataset(["가", "나"], [0, 1], TASK)
    with pytest.raises(InputError, match="the text column must be one of the columns of the rows: text=가, text=나"):
        prepared(fit, (Encode("text", "one hot"),), 0)


def test_cells_stay_of_their_kind_and_truths_go_with_their_rows():
    rows = [{"age": None if n % 5 == 0 else n, "town": "서울", "cost": float(n % 7)} for n in range(40)]
    rows += rows[:3]
    data = read(rows, target="cost", columns="all", output="number").dataset
    made, steps = prepared(data, (Fill("age"), DropDuplicates((*data.task.inputs, "cost"))), 0)
    assert pa.types.is_float64(made.rows.schema.field("age").type) and made.rows["age"].null_count == 0
    assert len(made) == len(made.truth) < len(data) and steps[0].value is not None
