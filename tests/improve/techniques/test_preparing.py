"""Are the cleaning steps proposed that the data's findings call for, on columns that are read?"""

from __future__ import annotations

from naeum.contract import Finding, Task
from naeum.improve.techniques.preparing import PREPARE

TABLE = Task(inputs=("나이", "town"), classes=("가", "나"), kinds=("number", "category"))


def seen(code, **numbers):
    named = {key.replace("_", " "): value for key, value in numbers.items()}
    return Finding(code, code, "warning", f"{code} was seen.", named)


def proposed(learner, rung, evidence, *findings, task=TABLE):
    champion = rung(learner)
    return list(PREPARE.propose(champion, evidence(champion, findings=findings, task=task)))


def test_missing_cells_are_filled_by_the_kind_of_their_column(learners, rung, evidence):
    found = seen("D04", share_of_나이=0.2, share_of_town=0.1, share_of_name=0.3)
    (edit,) = proposed(learners["boosted"], rung, evidence, found)
    assert [(step.column, step.how) for step in edit.learner.steps] == [("나이", "median"), ("town", "most frequent")]
    assert edit.answers == "D04" and edit.learner.inner == learners["boosted"]
    assert edit.reason == "Missing cells filled (나이, town): D04 was seen."


def test_a_column_without_a_value_has_nothing_to_be_filled_with(learners, rung, evidence):
    assert proposed(learners["boosted"], rung, evidence, seen("D05", share_of_나이=1.0)) == []


def test_outliers_are_clipped_where_there_are_numbers(learners, rung, evidence):
    (edit,) = proposed(learners["lines"], rung, evidence, seen("D07", share_of_나이=0.1, share_of_town=0.1))
    assert [(step.kind, step.column) for step in edit.learner.steps] == [("clip", "나이")]


def test_several_steps_are_tried_alone_and_together(learners, rung, evidence):
    found = (seen("D01", copies=9.0), seen("D13", 나이=3.0), seen("D07", share_of_나이=0.1))
    alone, clipped, both = proposed(learners["boosted"], rung, evidence, *found)
    assert alone.learner.steps[0].columns == ("나이", "town", "label")
    assert [step.kind for step in clipped.learner.steps] == ["clip"]
    assert [step.kind for step in both.learner.steps] == ["drop_duplicates", "clip"]


def test_what_is_prepared_gets_only_further_steps(learners, rung, evidence):
    first = proposed(learners["boosted"], rung, evidence, seen("D07", share_of_나이=0.1))[0].learner
    assert proposed(first, rung, evidence, seen("D07", share_of_나이=0.1)) == []
    (edit,) = proposed(first, rung, evidence, seen("D07", share_of_나이=0.1), seen("D04", share_of_나이=0.2))
    assert [step.kind for step in edit.learner.steps] == ["clip", "fill"] and edit.changed == ("steps",)


def test_nothing_is_proposed_without_such_a_finding(learners, rung, evidence, finding):
    assert proposed(learners["boosted"], rung, evidence, finding("M01")) == []
    assert proposed(learners["boosted"], rung, evidence, seen("D04", share_of_name=0.2)) == []
    assert proposed(learners["majority"], rung, evidence, seen("D01", copies=3.0)) == []


def test_it_stands_under_what_finishes_the_answers(learners, rung, evidence):
    edits = proposed(learners["calibrated"], rung, evidence, seen("D01", copies=3.0), task=Task())
    assert [edits[0].learner.kind, edits[0].learner.inner.kind] == ["calibrated", "prepared"]
