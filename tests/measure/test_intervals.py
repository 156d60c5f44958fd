"""Does an interval hold the truth as often as it says, and is it quick?"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from scipy import stats

from naeum.measure import METRICS, bootstrap, metric
from naeum.measure.intervals import wilson


def test_it_agrees_with_scipy(made):
    outputs, dataset = made(300, 3, skill=1.0)
    got = bootstrap(metric("accuracy"), outputs, dataset, seed=0)
    right = (outputs.codes == dataset.target).astype(float)
    other = stats.bootstrap(
        (right,), np.mean, method="percentile", n_resamples=2000, rng=np.random.default_rng(1)
    ).confidence_interval
    assert got.value == pytest.approx(right.mean())
    assert (got.low, got.high) == pytest.approx((other.low, other.high), abs=0.012)


def test_it_holds_the_truth_about_as_often_as_it_says(answered):
    rng, inside = np.random.default_rng(3), 0
    for trial in range(150):
        right = rng.random(200) < 0.8
        outputs, dataset = answered(np.zeros(200), np.stack([right, ~right], axis=1))
        got = bootstrap(metric("accuracy"), outputs, dataset, seed=trial, resamples=400)
        inside += got.low <= 0.8 <= got.high
    assert 0.88 <= inside / 150 <= 0.99


def test_the_same_seed_gives_the_same_interval_and_another_seed_another(made):
    given = made(100, 3, skill=1.0)
    one = metric("macro_f1")
    assert bootstrap(one, *given, seed=5) == bootstrap(one, *given, seed=5)
    assert bootstrap(one, *given, seed=5) != bootstrap(one, *given, seed=6)


def test_rows_that_belong_together_widen_it(answered):
    rng = np.random.default_rng(0)
    right = np.repeat(rng.random(40) < 0.7, 10)
    scores = np.stack([right, ~right], axis=1)
    alone = bootstrap(metric("accuracy"), *answered(np.zeros(400), scores), seed=0)
    grouped = bootstrap(
        metric("accuracy"), *answered(np.zeros(400), scores, group=np.repeat(np.arange(40), 10)), seed=0
    )
    assert grouped.clustered and not alone.clustered
    # sqrt(10) times as wide in theory
    assert (grouped.high - grouped.low) / (alone.high - alone.low) == pytest.approx(10**0.5, rel=0.15)


@pytest.mark.parametrize("name", sorted(name for name, one in METRICS.items() if "label" in one.outputs))
def test_every_metric_has_an_interval_around_its_value(made, name):
    outputs, dataset = made(120, 4, skill=1.0)
    task = replace(dataset.task, ordered=METRICS[name].ordered)
    got = bootstrap(METRICS[name], replace(outputs, task=task), replace(dataset, task=task), seed=0, resamples=200)
    assert got.low <= got.value <= got.high
    assert got.low < got.high


def test_faultless_answers_are_not_certain(answered):
    got = bootstrap(metric("accuracy"), *answered([0, 1] * 10, [[1, 0], [0, 1]] * 10), seed=0)
    assert (got.value, got.high) == (1.0, 1.0)
    assert got.low == pytest.approx(stats.binomtest(20, 20).proportion_ci(method="exact").low)


def test_wilson_agrees_with_statsmodels_formula_in_scipy():
    right, rows = np.array([0.0, 7, 20, 500]), np.array([10.0, 10, 20, 900])
    low, high = wilson(right, rows)
    for at in range(4):
        other = stats.binomtest(int(right[at]), int(rows[at])).proportion_ci(method="wilson")
        assert (low[at], high[at]) == pytest.approx((other.low, other.high))
    assert np.isnan(wilson(np.zeros(1), np.zeros(1))[0]).all()


def test_many_classes_are_quick(made):
    given = made(10_000, 150)
    start = perf_counter()
    got = bootstrap(metric("macro_f1"), *given, seed=0, resamples=1000)
    assert got.resamples == 1000
    assert perf_counter() - start < 8  # about 0.4 s alone on one core; wide, as tests run beside others


def test_dear_metrics_are_drawn_less_often_and_say_so(made):
    got = bootstrap(metric("auroc"), *made(2000, 100), seed=0, resamples=2000)
    assert got.resamples == 100_000_000 // (2000 * 100)
