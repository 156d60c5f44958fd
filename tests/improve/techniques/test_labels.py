"""Are suspected labels cleaned where there are any?"""

from __future__ import annotations

import numpy as np

from naeum.improve.techniques.labels import CLEAN_LABELS

NONE = np.empty(0, np.uint64)


def test_dropped_or_relabelled_with_the_count(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    edits = list(CLEAN_LABELS.propose(champion, evidence(champion)))
    assert [edit.learner.how for edit in edits] == ["drop", "relabel", "weight"]
    assert all(edit.learner.inner == learners["tfidf"] for edit in edits)
    assert edits[0].reason == "Rows with a suspected label left out: 3 of 1200 labels look wrong."


def test_nothing_suspected_nothing_cleaned(learners, rung, evidence, finding):
    champion = rung(learners["tfidf"])
    assert list(CLEAN_LABELS.propose(champion, evidence(champion, suspects=NONE))) == []
    assert list(CLEAN_LABELS.propose(champion, evidence(champion, suspects=NONE, findings=(finding("M03"),))))


def test_the_whole_blend_is_cleaned_under_its_calibration(learners, rung, evidence):
    champion = rung(learners["calibrated"])
    edit = next(CLEAN_LABELS.propose(champion, evidence(champion)))
    assert (edit.learner.kind, edit.learner.inner.kind, edit.learner.inner.inner.kind) == (
        "calibrated", "cleaned", "finetuned",
    )  # fmt: skip


def test_what_is_cleaned_is_only_cleaned_otherwise(learners, rung, evidence):
    champion = rung(learners["cleaned"])
    edits = list(CLEAN_LABELS.propose(champion, evidence(champion)))
    assert [(edit.learner.how, edit.changed) for edit in edits] == [("relabel", ("how",)), ("weight", ("how",))]
