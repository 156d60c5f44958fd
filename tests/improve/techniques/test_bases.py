"""Are other base models raced, and only those at hand?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.bases import BASE, HALVING


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


def test_bases_and_tunings_are_put_against_each_other_once(learners, rung, evidence):
    champion = rung(learners["tuned"])
    (edit,) = HALVING.propose(champion, evidence(champion))
    arms = edit.learner.arms
    assert [arm.base for arm in arms[:3]] == ["small", "large", "other"] and {arm.kind for arm in arms[:3]} == {"probe"}
    assert [arm.tuning.kind for arm in arms[3:6]] == ["full", "top_layers", "lora"] and len(arms) == 12
    assert "3 base models under a probe, full, top-layer and low-rank tuning" in edit.reason
    assert list(HALVING.propose(rung(edit.learner), evidence(champion))) == [], "once is enough"
    assert list(BASE.propose(rung(edit.learner), evidence(champion))) == [], "what was chosen is not edited"
    (alone,) = HALVING.propose(rung(learners["probe"]), evidence(champion, bases=("small",)))
    assert len(alone.learner.arms) == 4 and alone.reason.startswith("1 base model under")
    assert list(HALVING.propose(rung(learners["tfidf"]), evidence(champion))) == []
