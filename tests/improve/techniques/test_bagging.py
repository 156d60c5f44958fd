"""Are quick learners bagged, once each, and with the folds that so many rows want?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.bagging import BAGGING


def test_quick_learners_are_bagged(learners, tasks, rung, evidence, finding):
    champion = rung(learners["boosted"])
    world = evidence(champion, task=tasks["boosted"], findings=(finding("M02"),))
    edits = list(BAGGING.propose(champion, world))
    assert [edit.learner.folds for edit in edits] == [5, 10]
    assert all(edit.answers == "M02" and edit.learner.inner == learners["boosted"] for edit in edits)
    many = evidence(champion, task=tasks["boosted"], rows=50_000)
    assert [edit.learner.folds for edit in BAGGING.propose(champion, many)] == [5]


def test_a_member_of_a_blend_is_bagged_in_its_place(learners, rung, evidence):
    champion = rung(learners["blend"])
    edits = list(BAGGING.propose(champion, evidence(champion)))
    assert {values.get(edit.learner, "members.0").kind for edit in edits} == {"bagged"}
    assert all(edit.learner.members[1:] == learners["blend"].members[1:] for edit in edits)


def test_bags_forests_and_networks_are_left_alone(learners, tasks, rung, evidence):
    for name in ("bagged", "forest", "tuned", "probe"):
        champion = rung(learners[name])
        assert list(BAGGING.propose(champion, evidence(champion))) == []
