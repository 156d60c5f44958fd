"""Is every predictor written by its own kind, and refused where it has no code?"""

from dataclasses import replace

import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.around.fitted import Fitted
from naeum.model.around.through import Through
from naeum.model.floor import Majority, Prior
from naeum.takeaway.piece import Writing
from naeum.takeaway.plan import check, head, of_answers, plan, walk
from naeum.testing.worlds import korean


def test_a_part_without_code_is_named(tmp_path):
    class Oracle:
        kind = "oracle"

    with pytest.raises(InputError, match="a part of kind 'oracle'"):
        walk(Oracle(), None, Writing(tmp_path, Task()))


def test_tasks_without_code_are_refused():
    with pytest.raises(InputError, match="a script must answer labels, numbers or tags; this model answers span"):
        check(Task(inputs=("question", "context"), output="span"))
    with pytest.raises(InputError, match=r"this run has a rule of your own, my\.py:rule#1"):
        check(Task(decide="my.py:rule#1"))


def test_a_model_of_an_earlier_run_predicts_only(tmp_path, run):
    fitted = run.fit(Majority(), korean.parts(12))
    made = plan(Through(fitted), Fitted("key"), tmp_path)
    assert made.no_training == "the script cannot train a model that was taken from an earlier run; it predicts"
    assert isinstance(fitted, Prior) and (tmp_path / "floor.npz").exists()


def test_the_constants_say_what_is_asked(tmp_path, run):
    made = plan(run.fit(Majority(), korean.parts(12)), Majority(), tmp_path)
    assert made.constants == {
        "INPUTS": ["text"], "TARGET": "label", "OUTPUT": "label", "CLASSES": ["a", "b", "c"],
    }  # fmt: skip
    assert made.files == ("read", "label", "likeliest", "floor", "using")
    in_order = replace(made.task, ordered=True, metric="mae")
    assert head(in_order) == ("label", "ordered") and of_answers(in_order, {}) == {"CUT": None, "RANKED": "median"}


def test_weights_of_rows_are_said_to_be_left_out(tmp_path, run):
    made = plan(run.fit(Majority(), korean.parts(12)), Majority(), tmp_path, "무게")
    assert made.left_out == ("the weights of rows in the column 무게: each row counts the same",)
