"""Is pruning proposed where a limit of latency is missed, and as much as the limit asks for?"""

from __future__ import annotations

import dataclasses

import pytest

from naeum.compress.prune import Pruned
from naeum.improve.techniques.pruning import PRUNE
from naeum.model.around.calibrated import Calibrated
from naeum.model.text.finetuned import FineTuned


def shares(edits) -> list[tuple[float, str]]:
    return [(edit.learner.share, edit.learner.what) for edit in edits]


def slow(rung, learner, **more):
    return dataclasses.replace(rung(learner), cost={"latency_ms": 10.0}, **more)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(9.0, [0.7, 0.5]), (6.0, [0.5, 0.33]), (4.5, [0.33]), (2.0, []), (12.0, [])],
)
def test_as_much_stays_as_the_limit_lets(rung, evidence, limit, expected):
    champion = slow(rung, FineTuned())
    found = shares(PRUNE.propose(champion, evidence(champion, limits={"latency_ms": limit})))
    assert found == [(share, what) for share in expected for what in ("parts", "layers")]


def test_the_reason_says_what_is_allowed(rung, evidence):
    champion = slow(rung, Calibrated(FineTuned()))
    edit = next(PRUNE.propose(champion, evidence(champion, limits={"latency_ms": 6.0})))
    assert edit.learner == Calibrated(Pruned(FineTuned(), share=0.5))
    assert edit.reason == (
        "The fine-tuned encoder with 50 % of its operations, by heads and neurons: it takes 10 ms a row where 6 is "
        "allowed."
    )


def test_a_better_rung_that_was_too_slow_is_pruned_for_the_champion(learners, rung, evidence):
    better = slow(rung, FineTuned(), score=0.9, number=4)
    champion = dataclasses.replace(rung(learners["tfidf"]), cost={"latency_ms": 1.0}, score=0.8, number=5)
    known = dataclasses.replace(evidence(champion, limits={"latency_ms": 6.0}), rungs=(better, champion))
    edits = list(PRUNE.propose(champion, known))
    assert shares(edits)[0] == (0.5, "parts")
    assert edits[0].parents == (5, 4)
    worse = dataclasses.replace(better, score=0.7)
    assert list(PRUNE.propose(champion, dataclasses.replace(known, rungs=(worse, champion)))) == []


def test_what_is_pruned_is_not_pruned_again(rung, evidence):
    champion = slow(rung, Pruned(FineTuned(), share=0.7))
    assert list(PRUNE.propose(champion, evidence(champion, limits={"latency_ms": 6.0}))) == []


def test_without_a_limit_or_torch_nothing_is_pruned(rung, evidence):
    champion = slow(rung, FineTuned())
    assert list(PRUNE.propose(champion, evidence(champion))) == []
    bare = dataclasses.replace(evidence(champion, limits={"latency_ms": 6.0}), installed=frozenset())
    assert list(PRUNE.propose(champion, bare)) == []
