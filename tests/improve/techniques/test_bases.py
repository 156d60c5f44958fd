"""Are other base models raced, and only those at hand?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.bases import BASE


def test_every_other_base_is_tried_best_first(learners, rung, evidence):
    champion = rung(learners["tuned"])
    edits = list(BASE.propose(champion, evidence(champion)))
    assert [edit.learner.base for edit in edits] == ["large", "other"]
    assert edits[0].changed == ("base",)
    assert "number 2 of 3 base models at hand for en" in edits[0].reason


def test_a_layer_counted_for_one_base_is_not_kept_for_another(learners, rung, evidence):
    champion = rung(values.put(learners["probe"], "layer", -3))
    assert {edit.learner.layer for edit in BASE.propose(champion, evidence(champion))} == {-1}


def test_nothing_else_at_hand_nothing_proposed(learners, rung, evidence):
    champion = rung(learners["probe"])
    assert list(BASE.propose(champion, evidence(champion, bases=("small",)))) == []
    linear = rung(learners["tfidf"])
    assert list(BASE.propose(linear, evidence(linear))) == []
