"""Are eight bits proposed where a limit of time or size is missed, and for encoders alone?"""

from __future__ import annotations

import dataclasses

import pytest

from naeum.compress.quantize.quantized import Quantized
from naeum.improve.techniques.quantizing import NEEDED, QUANTIZE
from naeum.model.around.calibrated import Calibrated
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic


@pytest.fixture
def known(evidence):
    """Evidence with limits and everything that an export needs."""

    def made(champion, limits, *others):
        return evidence(champion, others, limits=limits, installed=NEEDED)

    return made


def dear(rung, learner, **more):
    return dataclasses.replace(rung(learner), cost={"latency_ms": 10.0, "size_mb": 90.0}, **more)


def test_a_missed_time_asks_for_eight_bits(rung, known):
    champion = dear(rung, Calibrated(FineTuned()))
    edits = list(QUANTIZE.propose(champion, known(champion, {"latency_ms": 6.0})))
    assert [edit.learner for edit in edits] == [Quantized(Calibrated(FineTuned()))]
    assert edits[0].reason == "The encoder in eight bits: it takes 10 ms a row where 6 is allowed."


def test_a_missed_size_asks_for_fewer_words_too(rung, known):
    champion = dear(rung, FineTuned())
    edits = list(QUANTIZE.propose(champion, known(champion, {"size_mb": 30.0, "latency_ms": 6.0})))
    assert [edit.learner.words for edit in edits] == ["all", "used"]
    assert "it takes 10 ms a row where 6 is allowed and it takes 90 MB where 30 is allowed." in edits[1].reason


def test_a_better_rung_that_was_too_large_is_brought_to_eight_bits_for_the_champion(rung, known):
    better = dear(rung, FineTuned(), score=0.9, number=4)
    champion = dataclasses.replace(rung(TfidfLogistic()), cost={"size_mb": 1.0}, score=0.8, number=5)
    edits = list(QUANTIZE.propose(champion, known(champion, {"size_mb": 30.0}, better)))
    assert edits[0].learner == Quantized(FineTuned()) and edits[0].parents == (5, 4)
    worse = dataclasses.replace(better, score=0.7)
    assert list(QUANTIZE.propose(champion, known(champion, {"size_mb": 30.0}, worse))) == []


@pytest.mark.parametrize("learner", [TfidfLogistic(), Quantized(FineTuned())])
def test_what_has_no_encoder_or_is_small_already_stays(rung, known, learner):
    champion = dear(rung, learner)
    assert list(QUANTIZE.propose(champion, known(champion, {"size_mb": 30.0}))) == []


def test_without_a_missed_limit_or_what_it_needs_nothing_is_proposed(rung, known, evidence):
    champion = dear(rung, FineTuned())
    assert list(QUANTIZE.propose(champion, known(champion, {"size_mb": 100.0}))) == []
    without = frozenset({"torch", "transformers"})
    assert list(QUANTIZE.propose(champion, evidence(champion, limits={"size_mb": 30.0}, installed=without))) == []
