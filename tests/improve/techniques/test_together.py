"""Do unlike rungs come together, within limits, and twins of one recipe too?"""

from __future__ import annotations

from dataclasses import replace

from naeum import values
from naeum.contract import Task
from naeum.improve.techniques.together import BLEND, CALIBRATE, SECOND_SEED
from naeum.model.around.fitted import Fitted


def _climbed(learners, rung):
    """Rungs as a ladder has them, the fine-tuned one best."""
    scores = {"tfidf": 0.80, "naive_bayes": 0.82, "probe": 0.85, "tuned": 0.90}
    return {name: rung(learners[name], at + 1, tune_score=score) for at, (name, score) in enumerate(scores.items())}


def test_the_best_of_each_family_joins_the_champion(learners, rung, evidence):
    rungs = _climbed(learners, rung)
    weaker = rung(values.put(learners["tfidf"], "c", 1.0), 7, tune_score=0.79)
    others = (rung(learners["majority"], 0, tune_score=0.95), rungs["tfidf"], weaker, rungs["probe"])
    one, two = BLEND.propose(rungs["tuned"], evidence(rungs["tuned"], others))
    assert one.learner.members == (learners["tuned"], learners["probe"], learners["tfidf"])
    assert two.learner.members == (*one.learner.members, weaker.learner)
    assert one.parents == (4, 3, 1)
    assert "a blend with rungs 3, 1" in one.reason.lower() and "0.850, 0.800" in one.reason


def test_lower_is_better_for_some_metrics(learners, rung, evidence):
    rungs = _climbed(learners, rung)
    world = evidence(rungs["tuned"], tuple(rungs.values())[:3], task=Task(classes=("a", "b"), metric="log_loss"))
    first = next(BLEND.propose(rungs["tuned"], world))
    assert [one.kind for one in first.learner.members] == ["finetuned", "tfidf_logistic", "nb_logistic", "probe"]


def test_a_blend_grows_and_is_weighed_anew(learners, rung, evidence):
    rungs = _climbed(learners, rung)
    champion = rung(learners["blend"], 9)
    edits = list(BLEND.propose(champion, evidence(champion, (rungs["probe"], rungs["tfidf"]))))
    assert edits[0].learner.members == (*learners["blend"].members, learners["probe"])
    assert [edit.learner.how for edit in edits if edit.changed == ("how",)] == ["mean", "stacking"]


def test_calibration_stays_around(learners, rung, evidence):
    rungs = _climbed(learners, rung)
    champion = rung(learners["calibrated"], 9)
    edit = next(BLEND.propose(champion, evidence(champion, (rungs["tfidf"],))))
    assert edit.learner.kind == "calibrated" and edit.learner.inner.kind == "blend"
    assert edit.changed == ("inner",)


def test_members_hold_the_limits_together(learners, rung, evidence):
    rungs = _climbed(learners, rung)
    cost = {"tuned": 3.0, "probe": 3.0, "tfidf": 0.5, "naive_bayes": 0.5}
    rungs = {name: replace(one, cost={"latency_ms": cost[name]}) for name, one in rungs.items()}
    world = evidence(rungs["tuned"], tuple(rungs.values())[:3], limits={"latency_ms": 4.0})
    edit = next(BLEND.propose(rungs["tuned"], world))
    assert [one.kind for one in edit.learner.members] == ["finetuned", "nb_logistic", "tfidf_logistic"]
    tight = evidence(rungs["tuned"], tuple(rungs.values())[:3], limits={"latency_ms": 3.2})
    assert list(BLEND.propose(rungs["tuned"], tight)) == []


def test_what_was_cut_short_joins_as_the_model_it_is(learners, rung, evidence):
    champion = rung(learners["tuned"], 4)
    cut = rung(learners["probe"], 3, complete=False)
    edit = next(BLEND.propose(champion, evidence(champion, (cut,))))
    assert edit.learner.members == (learners["tuned"], Fitted(cut.artifact))


def test_a_twin_from_another_seed(learners, rung, evidence):
    champion = rung(learners["tuned"])
    (edit,) = SECOND_SEED.propose(champion, evidence(champion))
    first, second = edit.learner.members
    assert first == learners["tuned"] and edit.learner.how == "mean"
    assert values.changed(first, second) == ("optimization.course.seed",)


def test_twins_join_the_blend_they_stand_in_up_to_three(learners, rung, evidence):
    learner = learners["blend"]
    for seed in (1, 2):
        champion = rung(learner)
        edits = [
            e for e in SECOND_SEED.propose(champion, evidence(champion)) if e.learner.members[-1].kind == "finetuned"
        ]
        (edit,) = edits
        learner = edit.learner
        assert learner.members[-1].optimization.course.seed == seed
        assert len(learner.members) == 3 + seed
    champion = rung(learner)
    kinds = [edit.learner.members[-1].kind for edit in SECOND_SEED.propose(champion, evidence(champion))]
    assert kinds == ["char_convolution"]


def test_calibration_comes_once(learners, rung, evidence):
    champion = rung(learners["blend"])
    (edit,) = CALIBRATE.propose(champion, evidence(champion))
    assert edit.learner.inner == learners["blend"]
    done = rung(edit.learner)
    assert list(CALIBRATE.propose(done, evidence(done))) == []
