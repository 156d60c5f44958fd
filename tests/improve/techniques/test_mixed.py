"""Are texts and images in a table read by learners of their own, first by a vote, then as columns?"""

from __future__ import annotations

from naeum.improve.techniques.mixed import EARLY_FUSION, OWN_READERS
from naeum.model.claims import claims


def _learners(technique, champion, world):
    return [edit.learner for edit in technique.propose(champion, world)]


def test_texts_of_a_table_get_a_reader(learners, tasks, rung, evidence):
    champion = rung(learners["boosted"])
    (fused,) = _learners(OWN_READERS, champion, evidence(champion, task=tasks["boosted"]))
    assert [group.columns for group in fused.groups] == [("memo",), ("나이", "요금", "town", "joined", "left")]
    assert fused.groups[1].learner == learners["boosted"] and fused.fuse == "late"
    assert _learners(OWN_READERS, rung(fused), evidence(rung(fused), task=tasks["boosted"])) == []
    plain = evidence(champion, task=tasks["fused"].__class__(("나이",), kinds=("number",), classes=("a", "b")))
    assert _learners(OWN_READERS, champion, plain) == []


def test_a_vote_becomes_columns(learners, tasks, rung, evidence):
    champion = rung(learners["fused"])
    fused, described = _learners(EARLY_FUSION, champion, evidence(champion, task=tasks["fused"]))
    assert fused.fuse == "early" and [one.learner.kind for one in fused.groups] == ["probe", "image_linear", "boosting"]
    assert fused.groups[-1].columns == ("나이", "town") and described.kind == "described_images"
    assert claims(fused, tasks["fused"]) and claims(described, tasks["fused"])
    assert _learners(EARLY_FUSION, rung(fused), evidence(rung(fused), task=tasks["fused"])) == []


def test_without_an_encoder_a_text_is_read_by_the_table(learners, tasks, rung, evidence):
    champion = rung(learners["fused"])
    fused, _ = _learners(EARLY_FUSION, champion, evidence(champion, task=tasks["fused"], bases=()))
    assert [one.columns for one in fused.groups] == [("사진",), ("나이", "town", "memo")]
