"""Does a subject refuse answers that are not of its rows, and say what it lacks?"""

from dataclasses import replace

import pytest

from naeum.errors import InputError, NotApplicable


@pytest.mark.parametrize("name", ["sample_outputs", "tune_outputs", "floor_outputs"])
def test_answers_must_be_of_the_rows(subject, rows, answers, name):
    with pytest.raises(InputError, match=rf"{name} must answer its \d+ rows; got 3 answers; predict those rows"):
        subject(**{name: answers(rows([0, 1, 0]))})


def test_answers_of_other_rungs_too(subject, rows, answers):
    with pytest.raises(InputError, match=r"rung_outputs\[4\] must answer its 1000 rows; got 2 answers"):
        subject(rung_outputs={4: answers(rows([0, 1]))})


def test_the_metric_is_that_of_the_task_unless_named(subject):
    assert subject().metric_name == "accuracy" and subject(metric="macro_f1").metric_name == "macro_f1"


def test_other_shapes_of_answers_are_not_looked_at(subject):
    task = replace(subject().task, output="number")
    for ask in (subject(task=task).answered, subject(task=task).seen_in_fit):
        with pytest.raises(NotApplicable, match="it is for tasks with one label a row; this task answers number"):
            ask()
