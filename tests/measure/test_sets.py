"""Are the measures of several labels a row those of scikit-learn?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa
import pytest
from sklearn import metrics as sk

from naeum.contract import Dataset, Outputs, Task
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.judged import row_errors
from naeum.measure.scored import Scored
from naeum.measure.sets import ScoredSets, indicator
from naeum.testing.data import make

TASK = Task(output="labels", classes=("가", "나", "다", "라"), metric="micro_f1")


def given(count: int = 120) -> tuple[Dataset, Outputs, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    truth = rng.random((count, 4)) < (0.5, 0.3, 0.1, 0.0)
    logits = np.where(truth, 1.0, -1.5) + rng.normal(0, 1.5, (count, 4))
    lists = pa.chunked_array([pa.array([np.flatnonzero(row).tolist() for row in truth], pa.list_(pa.int32()))])
    weight = rng.integers(1, 3, count).astype(np.float32)
    data = dataclasses.replace(make(count), task=TASK, target=np.zeros(count, np.int64), truth=lists, weight=weight)
    outputs = Outputs(TASK, logits.astype(np.float32), "sigmoid")
    return data, outputs, truth, outputs.probabilities >= 0.5


def test_labels_of_rows_are_found_again() -> None:
    data, _, truth, _ = given()
    assert (indicator(data) == truth).all()


@pytest.mark.parametrize("name", ["micro_f1", "macro_f1"])
def test_f1_is_that_of_scikit_learn(name: str) -> None:
    data, outputs, truth, told = given()
    there = (truth | told).any(axis=0)
    other = sk.f1_score(
        truth[:, there], told[:, there], average=name.removesuffix("_f1"), sample_weight=data.weight, zero_division=0
    )
    assert metric(name).score(outputs, data) == pytest.approx(other)


def test_the_others_are_those_of_scikit_learn() -> None:
    data, outputs, truth, told = given()
    plain = dataclasses.replace(data, weight=np.ones(len(data), np.float32))
    assert metric("exact").score(outputs, plain) == pytest.approx(sk.accuracy_score(truth, told))
    assert metric("hamming").score(outputs, plain) == pytest.approx(sk.hamming_loss(truth, told))
    overlap = sk.jaccard_score(truth, told, average="samples", zero_division=1.0)
    assert metric("jaccard").score(outputs, plain) == pytest.approx(overlap)
    assert row_errors(outputs, plain).mean() == pytest.approx(1 - overlap)
    losses = [sk.log_loss(truth[:, at], outputs.probabilities[:, at], labels=[0, 1]) for at in range(4)]
    assert metric("log_loss").score(outputs, plain) == pytest.approx(np.mean(losses), rel=1e-5)


def test_one_label_a_row_is_not_judged_as_several() -> None:
    data, outputs, _, _ = given(4)
    with pytest.raises(InputError, match="must be given several labels a row; got the output 'label'"):
        ScoredSets.of(outputs, make(4))
    with pytest.raises(InputError, match="must be given one label a row; got the output 'labels'"):
        Scored.of(outputs, data)
