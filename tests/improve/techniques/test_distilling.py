"""Does a rung that breaks a limit teach smaller models, and only then?"""

from __future__ import annotations

from dataclasses import replace

from naeum.contract import Task
from naeum.improve.techniques.distilling import DISTIL, teacher_of
from naeum.model.claims import claims
from naeum.model.text.finetuned import FineTuned

LIMITS = {"latency_ms": 2.0}
SLOW, QUICK = {"latency_ms": 12.0, "size_mb": 90.0}, {"latency_ms": 0.4, "size_mb": 2.0}


def ladder(learners, rung, scores=(0.8, 0.9)):
    small = replace(rung(learners["tfidf"]), number=1, score=scores[0], cost=QUICK, kept=True)
    large = replace(rung(FineTuned()), number=2, score=scores[1], cost=SLOW)
    return small, large


def test_without_limits_nothing_is_taught(learners, rung, evidence):
    small, large = ladder(learners, rung)
    assert list(DISTIL.propose(small, evidence(small, rungs=(small, large)))) == []


def test_the_best_rung_that_breaks_a_limit_teaches(learners, rung, evidence):
    small, large = ladder(learners, rung)
    world = evidence(small, rungs=(small, large), limits=LIMITS)
    edits = list(DISTIL.propose(small, world))
    assert [edit.learner.kind for edit in edits] == ["quantized"] * 3 + ["distilled"] * 3
    assert [edit.learner.inner.student.count for edit in edits[:3]] == [3, 2, 1]
    assert all(claims(edit.learner, world.task) for edit in edits)
    assert all(edit.parents == (1, 2) for edit in edits)
    assert "rung 2 breaks a limit: 12.00 ms a row where 2 is allowed" in edits[0].reason


def test_a_champion_that_breaks_the_limit_itself_teaches_too(learners, rung, evidence):
    _, large = ladder(learners, rung)
    found = teacher_of(large, evidence(large, rungs=(large,), limits=LIMITS))
    assert found == (large, ("12.00 ms a row where 2 is allowed",))


def test_a_worse_one_does_not_teach_one_that_holds_the_limits(learners, rung, evidence):
    small, large = ladder(learners, rung, (0.9, 0.8))
    assert list(DISTIL.propose(small, evidence(small, rungs=(small, large), limits=LIMITS))) == []


def test_a_student_does_not_teach(learners, rung, evidence):
    small, large = ladder(learners, rung)
    taught = next(DISTIL.propose(small, evidence(small, rungs=(small, large), limits=LIMITS))).learner
    slow = replace(large, learner=taught)
    assert list(DISTIL.propose(small, evidence(small, rungs=(small, slow), limits=LIMITS))) == []


def test_without_an_encoder_there_are_no_layers_and_numbers_have_no_classes(learners, rung, evidence):
    small, large = ladder(learners, rung)
    blend = replace(large, learner=learners["tfidf"])
    world = evidence(small, rungs=(small, blend), limits=LIMITS)
    assert [edit.learner.student.kind for edit in DISTIL.propose(small, world)] == [
        "sequence_network", "hashed_ngrams", "tfidf_logistic",
    ]  # fmt: skip
    numbers = replace(world, task=Task(output="number", metric="rmse"))
    cheap = replace(small, score=5.0)
    kinds = [edit.learner.student.kind for edit in DISTIL.propose(cheap, numbers)]
    assert kinds == ["sequence_network", "hashed_ngrams"]


def test_tags_and_images_have_students_of_their_own(learners, rung, evidence):
    small, large = ladder(learners, rung)
    world = evidence(small, rungs=(small, large), limits=LIMITS)
    for kind, output, name in (("words", "tags", "sequence_tagger"), ("image", "label", "image_network")):
        task = Task(("x",), classes=("a", "b"), output=output, kinds=(kind,))
        edits = list(DISTIL.propose(small, replace(world, task=task)))
        assert [edit.learner.student.kind for edit in edits] == [name]
