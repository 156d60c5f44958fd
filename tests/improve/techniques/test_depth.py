"""Does the way from probe over last layers and LoRA to full tuning go step by step?"""

from __future__ import annotations

from naeum import values
from naeum.contract import Finding
from naeum.improve.techniques.depth import EMBEDDINGS, FULL, LORA, TOP_LAYERS


def _ways(technique, champion, world):
    return [edit.learner.tuning for edit in technique.propose(champion, world)]


def test_a_probe_becomes_an_encoder_that_learns(learners, rung, evidence):
    champion = rung(values.put(learners["probe"], "max_length", 256))
    world = evidence(champion)
    assert [way.layers for way in _ways(TOP_LAYERS, champion, world)] == [2, 4]
    (edit,) = FULL.propose(champion, world)
    assert (edit.learner.kind, edit.learner.base, edit.learner.max_length) == ("finetuned", "small", 256)
    assert edit.changed == ("",)
    assert "1200 rows are there to learn from, 400 a class" in edit.reason
    assert _ways(LORA, champion, world) == []


def test_what_else_was_set_stays(learners, rung, evidence):
    tuned = values.put(values.put(learners["top"], "dropout", 0.25), "tuning.head", "random")
    champion = rung(tuned)
    (edit,) = FULL.propose(champion, evidence(champion))
    assert edit.learner.dropout == 0.25 and edit.learner.tuning.head == "random"
    assert edit.changed == ("tuning",)


def test_full_tuning_moves_the_word_embeddings_next(learners, rung, evidence):
    champion = rung(learners["tuned"])
    (edit,) = EMBEDDINGS.propose(champion, evidence(champion))
    assert edit.changed == ("tuning.embeddings",)
    assert [*FULL.propose(champion, evidence(champion))] == []
    assert _ways(TOP_LAYERS, champion, evidence(champion)) == []
    varied = evidence(champion, findings=(Finding("M02", "variance", "warning", "it varies"),))
    assert [way.kind for way in _ways(TOP_LAYERS, champion, varied)] == ["top_layers"] * 2
    assert [way.rank for way in _ways(LORA, champion, evidence(champion))] == [16, 64]


def test_what_is_not_installed_is_not_proposed(learners, rung, evidence):
    champion = rung(learners["tuned"])
    no_peft = evidence(champion, installed=frozenset({"torch", "transformers"}))
    assert _ways(LORA, champion, no_peft) == [] and _ways(EMBEDDINGS, champion, no_peft) != []
    bare = evidence(champion, installed=frozenset())
    assert _ways(EMBEDDINGS, champion, bare) == _ways(FULL, champion, bare) == _ways(TOP_LAYERS, champion, bare) == []


def test_a_member_of_a_blend_is_edited_in_its_place(learners, rung, evidence):
    champion = rung(learners["deep"])
    paths = [edit.changed for one in (FULL, EMBEDDINGS) for edit in one.propose(champion, evidence(champion))]
    assert paths == [("inner.members.1.inner",), ("inner.members.2.tuning.embeddings",)]
