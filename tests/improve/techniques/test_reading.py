"""Is more of a text read where texts are cut, and are layers and poolings tried?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.reading import LAYER_POOLING, MAX_LENGTH


def _lengths(champion, world):
    return [edit.learner.max_length for edit in MAX_LENGTH.propose(champion, world)]


def test_short_texts_are_read_whole_already(learners, rung, evidence):
    champion = rung(learners["tuned"])
    assert _lengths(champion, evidence(champion)) == []


def test_long_texts_are_read_further(learners, rung, evidence):
    champion = rung(learners["tuned"])
    assert _lengths(champion, evidence(champion, tokens={"p95": 100.0})) == [256]
    assert _lengths(champion, evidence(champion, tokens={"p95": 250.0})) == [512, 256]


def test_a_korean_word_has_more_pieces(learners, rung, evidence):
    champion = rung(learners["tuned"])
    words = {"tokens": {"p95": 80.0}}
    assert _lengths(champion, evidence(champion, **words)) == []
    assert _lengths(champion, evidence(champion, languages=("ko",), **words)) == [256]


def test_what_was_seen_to_be_cut_counts_more_than_a_guess(learners, rung, evidence, finding):
    champion = rung(learners["tuned"])
    cut = finding("M05", p95=300.0, max_length=128.0)
    assert _lengths(champion, evidence(champion, findings=(cut,))) == [512, 256]
    few = finding("M05", p95=90.0, max_length=128.0)
    assert _lengths(champion, evidence(champion, findings=(few,))) == [256]


def test_no_base_reads_more_than_512_tokens(learners, rung, evidence):
    champion = rung(values.put(learners["tuned"], "max_length", 512))
    assert _lengths(champion, evidence(champion, tokens={"p95": 2000.0})) == []


def test_layers_and_poolings_of_a_probe(learners, rung, evidence):
    champion = rung(values.put(learners["probe"], "layers", 2))
    edits = list(LAYER_POOLING.propose(champion, evidence(champion)))
    assert [edit.learner.layer for edit in edits if edit.changed == ("layer",)] == [-2, -3, -4]
    assert [edit.learner.layers for edit in edits if edit.changed == ("layers",)] == [1, 4]
    poolings = {edit.learner.pooling for edit in edits if edit.changed == ("pooling",)}
    assert poolings and champion.learner.pooling not in poolings


def test_an_encoder_has_a_pooling_too_and_a_linear_model_none(learners, rung, evidence):
    champion = rung(learners["tuned"])
    assert [edit.learner.pooling for edit in LAYER_POOLING.propose(champion, evidence(champion))] == ["cls"]
    linear = rung(learners["tfidf"])
    assert list(LAYER_POOLING.propose(linear, evidence(linear))) == []


def test_no_base_is_asked_for_layers_it_lacks(learners, rung, evidence):
    deep = rung(values.put(values.put(learners["probe"], "layer", -4), "layers", 2))
    for edit in LAYER_POOLING.propose(deep, evidence(deep)):
        assert edit.learner.layers - edit.learner.layer - 1 <= 6


def test_a_network_over_characters_counts_characters(learners, rung, evidence):
    champion = rung(values.put(learners["convolution"], "max_length", 256))
    assert _lengths(champion, evidence(champion)) == []
    assert _lengths(champion, evidence(champion, tokens={"p95": 60.0})) == [512]
    edit = next(MAX_LENGTH.propose(champion, evidence(champion, tokens={"p95": 60.0})))
    assert "longer than about 360 characters" in edit.reason
