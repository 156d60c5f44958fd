"""Are the measures of numbers those of scikit-learn and scipy, for every set of weights?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from sklearn import metrics as sk

from naeum.contract import Dataset, Outputs, Task
from naeum.errors import InputError
from naeum.measure import bootstrap, metric, paired
from naeum.measure.judged import judged, row_errors
from naeum.testing.data import make

TASK = Task(output="number", metric="r2")


def rows(truth: np.ndarray, **changed: object) -> Dataset:
    data = dataclasses.replace(make(len(truth)), task=TASK, target=np.zeros(len(truth), np.int64))
    return dataclasses.replace(data, truth=pa.chunked_array([pa.array(truth)]), **changed)


def answers(numbers: np.ndarray, **others: object) -> Outputs:
    return Outputs(TASK, numbers.astype(np.float32)[:, None], "identity", **others)


@pytest.fixture
def given() -> tuple[Dataset, Outputs, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    truth = np.round(rng.normal(10, 3, 200), 1)
    told = (truth + rng.normal(0, 2, 200)).astype(np.float32).astype(float)
    weight = rng.integers(1, 4, 200).astype(np.float32)
    return rows(truth, weight=weight), answers(told), truth, told


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("r2", sk.r2_score), ("mse", sk.mean_squared_error), ("rmse", sk.root_mean_squared_error),
        ("mae", sk.mean_absolute_error), ("mape", sk.mean_absolute_percentage_error),
    ],
)  # fmt: skip
def test_weighted_measures_are_those_of_scikit_learn(given: tuple, name: str, other: object) -> None:
    data, outputs, truth, told = given
    assert metric(name).score(outputs, data) == pytest.approx(other(truth, told, sample_weight=data.weight))


def test_correlations_are_those_of_scipy(given: tuple) -> None:
    data, outputs, truth, told = given
    plain = dataclasses.replace(data, weight=np.ones(len(data), np.float32))
    assert metric("pearson").score(outputs, plain) == pytest.approx(stats.pearsonr(truth, told).statistic)
    assert metric("spearman").score(outputs, plain) == pytest.approx(stats.spearmanr(truth, told).statistic)
    assert metric("pearson").score(answers(np.full(200, 1e6)), plain) == 0.0


def test_row_errors_have_the_mean_of_what_r2_leaves(given: tuple) -> None:
    data, outputs, _, _ = given
    left = np.average(row_errors(outputs, data), weights=data.weight)
    assert left == pytest.approx(1 - metric("r2").score(outputs, data))


def test_intervals_hold_as_many_rows_as_they_say() -> None:
    data = rows(np.array([1.0, 2.0, 3.0, 4.0]))
    outputs = answers(np.zeros(4), quantiles=np.array([[0, 2], [0, 1], [3, 3], [0, 9]], np.float32))
    assert metric("within").score(outputs, data) == 0.75
    assert np.isnan(metric("within").score(answers(np.zeros(4)), data))


def test_rows_without_a_number_are_left_out() -> None:
    data = rows(np.array([1.0, np.nan, 3.0]), target=np.array([0, -1, 0]))
    assert metric("mae").score(answers(np.array([1.0, 99.0, 5.0])), data) == 1.0


def test_a_gain_and_its_interval_are_told(given: tuple) -> None:
    data, outputs, truth, _ = given
    found = paired(metric("mae"), outputs, answers(np.full(200, truth.mean())), data, seed=0)
    assert found.low > 0
    assert found.p_better > 0.99
    interval = bootstrap(metric("spearman"), outputs, data, seed=0)
    assert interval.low < interval.value < interval.high


def test_a_metric_of_classes_is_refused_for_numbers() -> None:
    with pytest.raises(InputError, match="the metric must judge what the task answers, number; accuracy judges label;"):
        metric("accuracy").score(answers(np.zeros(2)), rows(np.zeros(2)))
    with pytest.raises(InputError, match=r"must be given one number a row; got the output 'number' with scores of"):
        judged(Outputs(TASK, np.zeros((2, 3), np.float32), "identity"), rows(np.zeros(2)))
