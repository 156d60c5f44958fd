"""Are temperatures and weights the best ones on held-out rows?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import log_loss as reference

from naeum.contract import Dataset, Outputs
from naeum.model.around import weights
from naeum.testing.data import make


def noisy(data: Dataset, strength: float, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(len(data), 2))
    scores[np.arange(len(data)), data.target] += strength
    return weights.log_probabilities(Outputs(data.task, scores.astype(np.float32)))


@given(st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_log_loss_is_that_of_scikit_learn(seed: int) -> None:
    data = make(40)
    logs, rng = noisy(data, 1.0, seed), np.random.default_rng(seed)
    row_weights = rng.random(len(data)) + 0.1
    chances = np.exp(logs) / np.exp(logs).sum(axis=1, keepdims=True)
    expected = reference(data.target, chances, sample_weight=row_weights, labels=[0, 1])
    assert weights.log_loss(logs, data.target, row_weights) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("true", [0.25, 1.0, 4.0])
def test_a_temperature_is_found_again(true: float) -> None:
    data = make(6000)
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(len(data), 2)) * 2
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    target = (rng.random(len(data)) < chances[:, 1]).astype(np.int64)
    data = dataclasses.replace(data, target=target)
    assert weights.temperature(logits * true, data) == pytest.approx(true, rel=0.1)


def test_no_labelled_row_leaves_the_temperature_alone() -> None:
    data = make(8)
    data = dataclasses.replace(data, target=np.full(8, -1))
    assert weights.temperature(np.zeros((8, 2)), data) == 1.0


@pytest.mark.parametrize("way", ["greedy", "stacking"])
def test_a_useless_member_counts_little_and_the_blend_beats_the_best_member(way: str) -> None:
    data = make(800)
    logs = [noisy(data, 1.5, 1), noisy(data, 1.5, 2), noisy(data, 0.0, 3)]
    found = weights.WAYS[way](logs, data)
    assert found[2] < 0.1 * max(found)
    row_weights = np.ones(len(data))
    fresh = [noisy(data, 1.5, 11), noisy(data, 1.5, 12), noisy(data, 0.0, 13)]
    alone = min(weights.log_loss(log, data.target, row_weights) for log in fresh)
    assert weights.log_loss(weights.pooled(fresh, found), data.target, row_weights) < alone


def test_equal_members_count_alike() -> None:
    data = make(200)
    log = noisy(data, 1.0, 1)
    found = weights.equal([log, log], data)
    assert found[0] == pytest.approx(found[1])


def test_unlabelled_rows_do_not_count() -> None:
    data = make(300)
    logs = [noisy(data, 1.0, 1), noisy(data, 1.0, 2)]
    hidden = data.target.copy()
    hidden[::3] = -1
    known = np.flatnonzero(hidden >= 0)
    part = dataclasses.replace(data, target=hidden)
    short = dataclasses.replace(data, target=data.target[known], weight=data.weight[known])
    for name, way in weights.WAYS.items():
        expected = way([log[known] for log in logs], short)
        assert way(logs, part) == pytest.approx(expected, rel=1e-3), name


@pytest.mark.parametrize("seed", [0, 1])
def test_places_in_passages_are_weighed_by_their_own_loss(seed: int) -> None:
    from scipy.optimize import check_grad

    from naeum.contract import subset
    from naeum.testing.worlds import spans

    data = spans.dataset([("q", "a b", None), ("q", "가 나", [(0, 1), (2, 3)]), ("q", "c", [])])
    data = dataclasses.replace(data, weight=np.array([1, 3, 1], np.float32))
    found = weights.judge(data)
    assert isinstance(found, weights.Spread) and found.known.tolist() == [3, 4, 5, 6, 7]
    assert found.loss(np.zeros((5, 2)))[0] == pytest.approx(2 * (0.75 * np.log(3) + 0.25 * np.log(2)))
    start = np.random.default_rng(seed).normal(size=10)
    value = check_grad(
        lambda x: found.loss(x.reshape(5, 2))[0], lambda x: found.loss(x.reshape(5, 2))[1].ravel(), start
    )
    assert value < 1e-5
    assert weights.judge(subset(data, [0], "none")) is None
