"""Are planted wrong labels found, and hard and ambiguous rows told apart from them?"""

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.data import read
from naeum.engine import bases
from naeum.errors import NotApplicable
from naeum.explore.labels import suspects
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.data import make

POLICY = Policy(threads=1, offline=True)


@pytest.fixture(scope="module")
def planted():
    clean, dirty = make(300, korean=True), make(300, korean=True, noise=0.1)
    rows = [
        {"text": f"{text} {n}", "label": "ab"[code]}
        for n, (text, code) in enumerate(zip(dirty.rows["text"].to_pylist(), dirty.target.tolist(), strict=True))
    ]
    data = read(rows, target="label", text="text")
    subject = subject_of(opened(rows), target="label", text=("text",), data=data, policy=POLICY)
    wrong = set(np.flatnonzero(clean.target != dirty.target).tolist())
    return subject.with_seen("languages", {"languages": [["ko", 300]]}), wrong


def test_a_part_finds_planted_errors(planted):
    subject, wrong = planted
    found = suspects.look(subject)
    named = set(found["suspect_rows"])
    assert len(named & wrong) >= 0.9 * len(wrong) and len(named & wrong) >= 0.9 * len(named)
    assert found["rate"] == pytest.approx(0.1, abs=0.05) and found["low"] <= found["rate"] <= found["high"]
    assert found["by"] == ["n-grams"] and found["rows"] == found["of"] == 300
    assert all(one["suggested"] != one["label"] and one["text"] for one in found["listed"])
    assert not {one["row"] for one in found["hard"]} & named


def test_vectors_judge_as_well(planted):
    subject, wrong = planted
    dataset = subject.data.dataset
    truth = np.array([dataset.target[row] if row not in wrong else 1 - dataset.target[row] for row in range(300)])
    vectors = np.stack([truth, 1 - truth], axis=1) + np.random.default_rng(0).normal(0, 0.15, (300, 2))
    told = suspects.by_vectors(dataset, np.asarray(vectors, np.float32))
    assert told.shape == (300, 2) and np.allclose(told.sum(axis=1), 1, atol=1e-5)
    alone = named_by(dataset, suspects.read(dataset, [told]))
    assert len(alone & wrong) >= 0.8 * len(wrong) and len(alone & wrong) >= 0.95 * len(alone)


def test_of_two_learners_a_suspect_is_what_both_suspect(planted):
    subject, _ = planted
    dataset = subject.data.dataset
    rng = np.random.default_rng(1)
    told = [rng.dirichlet((1, 1), 300).astype(np.float32) for _ in range(2)]
    both = suspects.read(dataset, told)
    assert both.noise.learners == 2
    assert named_by(dataset, both) <= named_by(dataset, suspects.read(dataset, told[:1]))
    assert named_by(dataset, both) <= named_by(dataset, suspects.read(dataset, told[1:]))


def named_by(dataset, found):
    return set(np.flatnonzero(np.isin(dataset.ids, found.noise.ids[found.noise.suspects])).tolist())


def test_ambiguous_rows_lie_between_two_classes(planted):
    subject, _ = planted
    dataset = subject.data.dataset
    chances = np.tile([0.9, 0.1], (300, 1)).astype(np.float32)
    chances[dataset.target == 1] = (0.1, 0.9)
    chances[7] = (0.52, 0.48)
    found = suspects.read(dataset, [chances])
    rows, two = suspects.ambiguous(found)
    assert rows.tolist() == [7] and sorted(two[0].tolist()) == [0, 1]


def test_confused_classes_are_counted(planted):
    subject, _ = planted
    dataset = subject.data.dataset
    chances = np.tile([0.9, 0.1], (300, 1)).astype(np.float32)  # everything is answered "a"
    found = suspects.read(dataset, [chances])
    assert suspects.confused(found) == [(1, 0, int((dataset.target == 1).sum()))]


def test_without_a_base_model_n_grams_judge_alone(planted, monkeypatch):
    subject, _ = planted
    monkeypatch.setattr(bases, "at_hand", lambda languages, policy: ())
    _, by = suspects.judged(subject.data.dataset, subject)
    assert by == ["n-grams"]


def test_one_class_cannot_be_judged():
    rows = [{"text": f"글 {n * 7919}", "label": "a" if n else "b"} for n in range(30)]
    data = read(rows, target="label", text="text")
    subject = subject_of(opened(rows), target="label", text=("text",), data=data, policy=POLICY)
    with pytest.raises(NotApplicable, match="two classes"):
        suspects.look(subject.with_seen("languages", {"languages": [["ko", 30]]}))
