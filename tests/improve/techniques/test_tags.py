"""Are taggers given made sentences, chains and patterns, each once?"""

from __future__ import annotations

from naeum.improve.techniques.restraint import LABEL_SMOOTHING
from naeum.improve.techniques.tags import CASE, CHAIN, MENTION_SWAP, WORD_PIECES


def _learners(technique, champion, world):
    return [edit.learner for edit in technique.propose(champion, world)]


def test_sentences_are_made_once(learners, tasks, rung, evidence):
    champion = rung(learners["field"])
    world = evidence(champion, task=tasks["field"])
    first, more = _learners(MENTION_SWAP, champion, world)
    assert (first.share, more.share) == (1.0, 2.0) and first.inner == learners["field"]
    (dropped,) = _learners(MENTION_SWAP, rung(first), world)
    assert (dropped.drop, dropped.share) == (0.1, 1.0)


def test_a_tagger_is_chained_and_a_field_is_a_chain_already(learners, tasks, rung, evidence):
    champion = rung(learners["tagger"])
    world = evidence(champion, task=tasks["tagger"])
    (chained,) = _learners(CHAIN, champion, world)
    assert chained.inner == learners["tagger"]
    assert _learners(CHAIN, rung(chained), world) == []
    assert _learners(CHAIN, rung(learners["field"]), world) == []


def test_bias_wants_pieces_of_words_and_variance_none(learners, tasks, rung, evidence, finding):
    champion = rung(learners["field"])
    (more,) = _learners(WORD_PIECES, champion, evidence(champion, task=tasks["field"], findings=(finding("M01"),)))
    assert more.pieces_of_words
    few = evidence(champion, task=tasks["field"], findings=(finding("M02"),))
    assert _learners(WORD_PIECES, champion, few) == []
    assert not _learners(WORD_PIECES, rung(more), few)[0].pieces_of_words


def test_case_is_told_or_not(learners, tasks, rung, evidence):
    champion = rung(learners["tagger"])
    (other,) = _learners(CASE, champion, evidence(champion, task=tasks["tagger"]))
    assert not other.reading.cased


def test_tags_are_smoothed_like_classes(learners, tasks, rung, evidence, finding):
    champion = rung(learners["tagger"])
    world = evidence(champion, task=tasks["tagger"], findings=(finding("M02"),))
    assert "tags" in LABEL_SMOOTHING.outputs
    assert [one.objective.label_smoothing for one in _learners(LABEL_SMOOTHING, champion, world)] == [0.05, 0.1]
