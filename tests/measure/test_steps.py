"""Do measures of classes in an order equal those of scikit-learn and scipy?"""

import numpy as np
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.judged import must_judge
from naeum.measure.scored import Scored
from naeum.measure.steps import kendall, mae, quadratic_kappa, spearman

CLASSES = ("나쁨", "보통", "좋음", "최고")
TASK = Task(classes=CLASSES, ordered=True, metric="mae")


def scored(rows=200, seed=0, truth=None, predicted=None):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 4, rows) if truth is None else np.asarray(truth)
    predicted = np.clip(truth + rng.integers(-1, 2, len(truth)), 0, 3) if predicted is None else np.asarray(predicted)
    told = np.full((len(truth), 4), 0.1)
    told[np.arange(len(truth)), predicted] = 0.7
    return Scored(TASK, truth, predicted, told, np.ones(len(truth)), np.arange(len(truth)))


def counts(rows, seed=1):
    return np.random.default_rng(seed).integers(0, 3, (3, rows)).astype(float)


def test_equal_to_scikit_learn_and_scipy_under_whole_weights():
    metrics, stats = pytest.importorskip("sklearn.metrics"), pytest.importorskip("scipy.stats")
    given = scored()
    weights = counts(len(given))
    for row, found in enumerate(quadratic_kappa(given, weights)):
        at = np.repeat(np.arange(len(given)), weights[row].astype(int))
        assert found == pytest.approx(
            metrics.cohen_kappa_score(given.truth[at], given.predicted[at], weights="quadratic")
        )
        assert mae(given, weights)[row] == pytest.approx(np.abs(given.truth[at] - given.predicted[at]).mean())
        assert kendall(given, weights)[row] == pytest.approx(stats.kendalltau(given.truth[at], given.predicted[at])[0])
    whole = np.ones((1, len(given)))
    mean = given.probabilities @ np.arange(4)
    assert spearman(given, whole)[0] == pytest.approx(stats.spearmanr(given.truth, mean.round(9))[0])


def test_a_constant_answer_agrees_with_nothing():
    given = scored(truth=[0, 1, 2, 3] * 5, predicted=[1] * 20)
    whole = np.ones((1, 20))
    assert quadratic_kappa(given, whole)[0] == kendall(given, whole)[0] == spearman(given, whole)[0] == 0.0
    alone = scored(truth=[2] * 4, predicted=[2] * 4)
    assert quadratic_kappa(alone, np.ones((1, 4)))[0] == 0.0
    assert np.isnan(quadratic_kappa(given, np.zeros((1, 20)))[0]) and np.isnan(kendall(given, np.zeros((1, 20)))[0])


def test_far_off_costs_more_than_near():
    near = scored(truth=[0, 1, 2, 3] * 9, predicted=[1, 1, 2, 3] * 9)
    far = scored(truth=[0, 1, 2, 3] * 9, predicted=[3, 1, 2, 3] * 9)
    whole = np.ones((1, 36))
    assert mae(near, whole)[0] == 0.25 and mae(far, whole)[0] == 0.75
    assert quadratic_kappa(near, whole)[0] > quadratic_kappa(far, whole)[0]


def test_classes_without_an_order_are_refused():
    with pytest.raises(InputError, match=r"the metric quadratic_kappa must be given classes in an order; 개, 새 stand"):
        must_judge(metric("quadratic_kappa"), Task(classes=("개", "새")))
    must_judge(metric("mae"), TASK)
    must_judge(metric("mae"), Task(output="number"))
    with pytest.raises(InputError, match="quadratic_kappa judges label; choose another with --metric"):
        must_judge(metric("quadratic_kappa"), Task(output="number"))
