"""Do changes become edits with true paths and reasons?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.editing import Change, answered, bare, inside, of_kind, settings, technique, whose


def _faster(rung, evidence):
    learner = values.put(rung.learner, "dropout", 0.3)
    yield Change(rung.learner, "nothing", "it is the same")
    yield Change(learner, "dropout 0.3", "1200 rows", (4,))
    yield Change(learner, "dropout 0.3 again", "1200 rows")


def test_equals_and_repeats_are_left_out_and_the_rest_is_filled_in(learners, rung, evidence):
    champion = rung(learners["tuned"], 2)
    made = technique("faster", "Faster", ("M02",), _faster)
    (edit,) = made.propose(champion, evidence(champion))
    assert edit.changed == ("dropout",)
    assert edit.reason == "Dropout 0.3: 1200 rows."
    assert (edit.technique, edit.answers, edit.parents) == ("faster", "", (2, 4))


def test_the_finding_that_is_answered_gives_the_reason(learners, rung, evidence, finding):
    champion = rung(learners["tuned"])
    made = technique("faster", "Faster", ("M02",), _faster)
    (edit,) = made.propose(champion, evidence(champion, findings=(finding("M02"),)))
    assert edit.reason == "Dropout 0.3: M02 saw 0.25 too much."
    assert edit.answers == "M02"
    other, named = finding("M02"), finding("M09", "faster")
    assert answered("faster", ("M02",), evidence(champion, findings=(other, named))) is named
    assert answered("faster", (), evidence(champion, findings=(other,))) is None


def test_settings_are_found_wherever_they_stand(learners):
    assert dict(settings(learners["deep"], "epochs")) == {"inner.members.2.optimization.epochs": 3.0}
    assert [path for path, _ in of_kind(learners["deep"], "probe")] == ["inner.members.1.inner"]


def test_judges_and_what_was_searched_are_left_alone(learners):
    assert [path for path, _ in settings(learners["cleaned"], "c")] == ["inner.c"]
    assert [path for path, _ in inside(learners["searched"])] == [""]


def test_a_learner_is_found_under_its_calibration(learners):
    assert bare(learners["calibrated"]) == ("inner", learners["tuned"])
    assert bare(learners["tuned"]) == ("", learners["tuned"])


def test_owners_are_named_in_words(learners):
    assert whose(learners["deep"], "inner.members.2.optimization.epochs") == "the fine-tuned encoder (member 3)"
    assert whose(learners["probe"], "layer") == "the probe"
    assert whose(learners["calibrated"], "temperature") == "the learner"
