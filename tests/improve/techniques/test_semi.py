"""Are rows without a label learned from where there are enough, once a learner?"""

from __future__ import annotations

from naeum.improve.techniques.semi import PSEUDO_LABELS


def test_rows_without_a_label_are_needed(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    assert list(PSEUDO_LABELS.propose(champion, evidence(champion))) == []
    assert list(PSEUDO_LABELS.propose(champion, evidence(champion, unlabelled=99))) == []
    edits = list(PSEUDO_LABELS.propose(champion, evidence(champion, unlabelled=5000)))
    assert [(edit.learner.confidence, edit.learner.share, edit.learner.rounds) for edit in edits] == [
        (0.8, 3.0, 1), (0.9, 10.0, 1), (0.8, 3.0, 2),
    ]  # fmt: skip
    assert "5000 rows have no label, beside 1200 that have one" in edits[0].reason


def test_nothing_is_taught_twice(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    world = evidence(champion, unlabelled=5000)
    taught = rung(next(PSEUDO_LABELS.propose(champion, world)).learner)
    assert list(PSEUDO_LABELS.propose(taught, world)) == []


def test_a_learner_of_changed_rows_is_taught_as_a_whole(learners, rung, evidence):
    champion = rung(learners["augmented"])
    edits = list(PSEUDO_LABELS.propose(champion, evidence(champion, unlabelled=5000)))
    assert edits and all(edit.learner.inner == learners["augmented"] for edit in edits)  # the noisy student
