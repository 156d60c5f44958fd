"""Are rare classes helped where there are rare classes, and in one way at a time?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.improve.techniques.imbalance import CLASS_WEIGHTS, FOCAL, LOGIT_ADJUSTMENT, WEIGHED_ROWS

ALL = (CLASS_WEIGHTS, FOCAL, LOGIT_ADJUSTMENT)


@pytest.mark.parametrize("technique", ALL, ids=lambda one: one.name)
def test_even_classes_need_no_help_unless_a_finding_says_so(learners, rung, evidence, finding, technique):
    champion = rung(learners["tuned"])
    even = evidence(champion, class_counts=(400, 390, 410))
    assert list(technique.propose(champion, even)) == []
    assert list(technique.propose(champion, evidence(champion, class_counts=(400,) * 3, findings=(finding("M04"),))))


def test_the_reason_counts_the_rows(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    (edit,) = CLASS_WEIGHTS.propose(champion, evidence(champion))
    assert edit.learner.class_weight == "balanced"
    assert "the largest class has 900 rows, the smallest 100" in edit.reason


def test_weights_can_be_taken_back(learners, rung, evidence):
    champion = rung(values.put(learners["tfidf"], "class_weight", "balanced"))
    (edit,) = CLASS_WEIGHTS.propose(champion, evidence(champion, class_counts=(400, 400, 400)))
    assert edit.learner.class_weight == "none"


def test_weights_and_adjustment_never_correct_twice(learners, rung, evidence):
    weighted = rung(values.put(learners["tuned"], "objective.class_weight", "balanced"))
    for edit in LOGIT_ADJUSTMENT.propose(weighted, evidence(weighted)):
        assert edit.learner.objective.class_weight == "none"
    adjusted = rung(values.put(learners["tuned"], "objective.logit_adjustment", 1.0))
    (edit,) = CLASS_WEIGHTS.propose(adjusted, evidence(adjusted))
    assert (edit.learner.objective.class_weight, edit.learner.objective.logit_adjustment) == ("balanced", 0.0)


def test_focal_loss_in_two_strengths(learners, rung, evidence):
    champion = rung(learners["convolution"])
    gammas = [edit.learner.objective.focal_gamma for edit in FOCAL.propose(champion, evidence(champion))]
    assert gammas == [2.0, 1.0]


def test_rows_are_weighed_where_a_learner_knows_no_class_weights(learners, tasks, rung, evidence):
    champion = rung(learners["boosted"])
    world = evidence(champion, task=tasks["boosted"])
    assert [edit.learner.strength for edit in WEIGHED_ROWS.propose(champion, world)] == [1.0, 0.5]
    weighed = rung(next(WEIGHED_ROWS.propose(champion, world)).learner)
    assert list(WEIGHED_ROWS.propose(weighed, world)) == []
    lines = rung(learners["lines"])
    assert list(WEIGHED_ROWS.propose(lines, evidence(lines, task=tasks["lines"]))) == []
    even = evidence(champion, task=tasks["boosted"], class_counts=(400, 390, 410))
    assert list(WEIGHED_ROWS.propose(champion, even)) == []
