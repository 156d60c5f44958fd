"""Does every technique keep the laws: pure, deterministic, valid and different learners, true paths, said reasons?"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from naeum import values
from naeum.contract import Edit
from naeum.improve.techniques import TECHNIQUES
from naeum.improve.techniques.priors import GUESSES
from naeum.values import canonical, to_json

CODES = ("", *(f"M{number:02d}" for number in range(1, 13)), *(f"D{number:02d}" for number in range(1, 20)))
NUMBERS = {"p95": 300.0, "max_length": 128.0, "share of 나이": 0.1}
KINDS = (
    "majority", "tfidf", "naive_bayes", "probe", "tuned", "top", "lora", "convolution", "hashed", "blend", "calibrated",
    "augmented", "cleaned", "searched", "deep", "lines", "boosted", "forest", "adaboost", "bagged", "derived",
    "network", "field", "tagger", "swapped", "labels", "number", "fused",
)  # fmt: skip


def _kinds(learner) -> dict[str, type]:
    return {node.kind: type(node) for _, node in values.nodes(learner)}


def _worlds(learners, rung, evidence, finding, kind, codes=CODES, **known):
    """The champion in many situations."""
    champion = rung(learners[kind], 9)
    others = tuple(rung(one, at, tune_score=0.5 + at / 50) for at, one in enumerate(learners.values()) if at != 9)
    for code in codes:
        findings = (finding(code, **NUMBERS),) if code else ()
        yield champion, evidence(champion, others, findings=findings, **known)
        yield champion, evidence(champion, findings=findings, languages=("ko", "en"), **known)
    both = (finding("M01"), finding("M02"))
    known = {"unlabelled": 5000, **known}
    yield champion, evidence(champion, others, findings=both, **known)
    slow = replace(champion, cost={"latency_ms": 10.0})
    yield slow, evidence(slow, limits={"latency_ms": 6.0}, **known)


@pytest.mark.parametrize("technique", TECHNIQUES, ids=lambda one: one.name)
@pytest.mark.parametrize("kind", KINDS)
def test_every_edit_is_lawful(technique, kind, learners, tasks, rung, evidence, finding):
    known = {"task": tasks[kind]} if kind in tasks else {}
    if known and not (known["task"].output in technique.outputs and known["task"].shape in technique.shapes):
        return  # the planner does not ask it
    codes = ("", *technique.answers, "M07")
    for champion, world in _worlds(learners, rung, evidence, finding, kind, codes, **known):
        before = canonical(to_json(champion.learner))
        edits = list(technique.propose(champion, world))
        assert canonical(to_json(champion.learner)) == before
        assert edits == list(technique.propose(champion, world))
        keys = [values.key(edit.learner) for edit in edits]
        assert len(keys) == len(set(keys))
        assert values.key(champion.learner) not in keys
        for edit in edits:
            _is_lawful(edit, technique, champion, world)


def _is_lawful(edit: Edit, technique, champion, world) -> None:
    document = json.loads(canonical(to_json(edit.learner)))
    assert values.from_json(document, _kinds(edit.learner)) == edit.learner
    assert world.task.shape in edit.learner.shapes
    assert edit.technique == technique.name
    assert edit.changed == values.changed(champion.learner, edit.learner) and edit.changed
    assert edit.reason.endswith(".") and ": " in edit.reason and len(edit.reason) > 20
    assert edit.parents[0] == champion.number and len(set(edit.parents)) == len(edit.parents)
    codes = {one.code for one in world.findings}
    assert edit.answers in codes | {""}
    if codes & set(technique.answers):
        assert edit.answers in codes and "saw 0.25 too much" in edit.reason
    else:
        assert not edit.answers
        assert any(letter.isdigit() for letter in edit.reason) or technique.name in ("calibrate", "learning_rate")


def test_nothing_to_go_by_is_no_failure(learners, rung, evidence):
    for learner in learners.values():
        champion = rung(learner)
        empty = evidence(
            champion, rows=0, class_counts=(), languages=(), tokens={}, bases=(), installed=frozenset(),
            suspects=np.empty(0, np.uint64),
        )  # fmt: skip
        for technique in TECHNIQUES:
            for edit in technique.propose(champion, empty):
                assert edit.changed


def test_the_floor_is_left_alone(learners, rung, evidence):
    champion = rung(learners["majority"])
    world = evidence(champion, suspects=np.empty(0, np.uint64))
    assert [edit for one in TECHNIQUES for edit in one.propose(champion, world)] == []


def test_every_technique_proposes_somewhere(learners, tasks, rung, evidence, finding):
    idle = {one.name for one in TECHNIQUES}
    for kind in KINDS:
        known = {"task": tasks[kind]} if kind in tasks else {}
        for champion, world in _worlds(learners, rung, evidence, finding, kind, **known):
            idle -= {one.name for one in TECHNIQUES if next(one.propose(champion, world), None) is not None}
    assert not idle


def test_names_are_unique_and_have_a_prior():
    names = [one.name for one in TECHNIQUES]
    assert len(names) == len(set(names))
    assert set(names) <= set(GUESSES)
    assert all(one.title and one.shapes for one in TECHNIQUES)


def test_only_findings_that_exist_are_answered():
    for one in TECHNIQUES:
        assert set(one.answers) <= set(CODES[1:]), one.name


def test_a_finding_that_names_a_technique_is_answered_before_one_whose_code_it_knows(learners, rung, evidence, finding):
    champion = rung(learners["tuned"])
    named = finding("M08", "epochs")
    world = evidence(champion, findings=(finding("M02"), named))
    epochs = next(one for one in TECHNIQUES if one.name == "epochs")
    assert {edit.answers for edit in epochs.propose(champion, world)} == {"M08"}
    world = replace(world, findings=(finding("M02"),))
    assert {edit.answers for edit in epochs.propose(champion, world)} == {"M02"}
