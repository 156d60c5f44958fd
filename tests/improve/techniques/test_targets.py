"""Are several labels and numbers wanted in other ways where a finding asks for it?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.targets import LABEL_LOSSES, LABEL_WEIGHTS, LOG_TARGET, ROBUST_LOSS


def _learners(technique, champion, world):
    return [edit.learner for edit in technique.propose(champion, world)]


def test_labels_get_losses_of_their_own(learners, tasks, rung, evidence):
    champion = rung(learners["labels"])
    found = _learners(LABEL_LOSSES, champion, evidence(champion, task=tasks["labels"]))
    assert [(one.objective.loss, one.objective.focal_gamma) for one in found] == [
        ("asymmetric", 4.0), ("asymmetric", 2.0), ("focal", 2.0),
    ]  # fmt: skip


def test_rare_labels_are_weighed_up_and_down_again(learners, tasks, rung, evidence):
    champion = rung(learners["labels"])
    world = evidence(champion, task=tasks["labels"])
    (up,) = _learners(LABEL_WEIGHTS, champion, world)
    assert up.objective.class_weight == "balanced"
    assert _learners(LABEL_WEIGHTS, rung(up), world) == [learners["labels"]]


def test_wild_numbers_pull_less_and_bias_takes_squares_back(learners, tasks, rung, evidence, finding):
    champion = rung(learners["number"])
    task = tasks["number"]
    (robust,) = _learners(ROBUST_LOSS, champion, evidence(champion, task=task, findings=(finding("M02"),)))
    assert robust.loss == "huber"
    assert _learners(ROBUST_LOSS, champion, evidence(champion, task=task, findings=(finding("M01"),))) == []
    assert _learners(ROBUST_LOSS, rung(robust), evidence(champion, task=task, findings=(finding("M01"),))) == [
        champion.learner
    ]
    tuned = rung(learners["tuned"])
    found = _learners(ROBUST_LOSS, tuned, evidence(tuned, task=task, findings=(finding("M03"),)))
    assert [one.objective.loss for one in found] == ["huber"]


def test_the_logarithm_of_a_number_and_back(learners, tasks, rung, evidence):
    champion = rung(learners["boosted"])
    (bent,) = _learners(LOG_TARGET, champion, evidence(champion, task=tasks["number"]))
    assert bent.target == "log" and bent == values.put(learners["boosted"], "target", "log")
    assert _learners(LOG_TARGET, rung(bent), evidence(champion, task=tasks["number"])) == [champion.learner]
