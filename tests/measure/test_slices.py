"""Are precision, recall, F1 and confusion right for every class, with honest ends?"""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics as sk
from scipy import stats

from naeum.measure import confusion, per_class, top_confusions


def test_confusion_equals_scikit_learn(made):
    weight = np.random.default_rng(0).integers(1, 4, 100)
    outputs, dataset = made(100, 4, skill=0.5, weight=weight)
    expected = sk.confusion_matrix(dataset.target, outputs.codes, labels=range(4), sample_weight=weight)
    assert confusion(outputs, dataset) == pytest.approx(expected)


def test_every_class_equals_scikit_learn(made):
    outputs, dataset = made(150, 4, skill=0.5)
    expected = sk.precision_recall_fscore_support(dataset.target, outputs.codes, labels=range(4))
    got = per_class(outputs, dataset)
    assert [one.label for one in got] == list(dataset.task.classes)
    for at, name in enumerate(("precision", "recall", "f1")):
        assert [getattr(one, name).value for one in got] == pytest.approx(expected[at])
    assert [one.support for one in got] == pytest.approx(expected[3])
    assert all(one.f1.low < one.f1.value < one.f1.high for one in got)


def test_a_perfect_small_class_is_not_certain(answered):
    outputs, dataset = answered([0] * 5 + [1] * 5, [[1, 0]] * 5 + [[0, 1]] * 5)
    first = per_class(outputs, dataset)[0]
    expected = stats.binomtest(5, 5).proportion_ci(method="wilson").low
    assert first.recall.low == pytest.approx(expected) and first.recall.high == 1.0
    assert first.f1.low == pytest.approx(2 * expected / (1 + expected))


def test_f1_interval_holds_the_truth_about_as_often_as_it_says(answered):
    # truth and answer agree on class 0 with known rates: F1 = 2 * 0.32 / (0.4 + 0.38)
    rng, inside = np.random.default_rng(0), 0
    for _ in range(200):
        truth = (rng.random(300) >= 0.4).astype(int)
        hit = np.where(truth == 0, rng.random(300) < 0.8, rng.random(300) < 0.1)
        outputs, dataset = answered(truth, np.stack([hit, ~hit], axis=1))
        f1 = per_class(outputs, dataset)[0].f1
        inside += f1.low <= 0.64 / 0.78 <= f1.high
    assert 0.9 <= inside / 200 <= 0.995


def test_doubling_all_weights_makes_nothing_surer(made):
    once = per_class(*made(80, 3))
    twice = per_class(*made(80, 3, weight=np.full(80, 2.0)))
    for one, other in zip(once, twice, strict=True):
        assert (one.recall.low, one.recall.high) == pytest.approx((other.recall.low, other.recall.high))


def test_an_absent_class_says_nothing(answered):
    absent = per_class(*answered([0, 1], [[1, 0, 0], [0, 1, 0]]))[2]
    assert np.isnan(absent.recall.value) and np.isnan(absent.f1.low) and absent.support == 0


def test_mistakes_come_most_frequent_first(answered):
    truth = [0, 0, 0, 1, 1, 2]
    answers = [1, 1, 0, 2, 1, 2]
    got = top_confusions(*answered(truth, np.eye(3)[answers]), count=5)
    assert [(one.truth, one.predicted, one.rows) for one in got] == [("부류0", "부류1", 2.0), ("부류1", "부류2", 1.0)]
    assert got[0].share == pytest.approx(2 / 3)
