"""Do scores, targets and units fit the kind of answer?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from naeum.model.text.aims import Aim, answered, columns, numbers, several
from naeum.testing.data import make
from naeum.testing.worlds import labels as labels_world
from naeum.testing.worlds import numbers as numbers_world


def test_a_number_has_one_score_and_labels_one_each() -> None:
    number, labels = numbers_world.parts(12).fit, labels_world.parts(12).fit
    assert (columns(number.task), columns(labels.task)) == (1, 3)
    assert answered(number.task, np.zeros((2, 1))).link == "identity"
    assert answered(labels.task, np.zeros((2, 3))).link == "sigmoid"
    assert answered(make(2).task, np.zeros((2, 2))).link == "softmax"


def test_numbers_are_wanted_in_standard_deviations_by_weight() -> None:
    data = numbers_world.parts(20).fit
    heavy = replace(data, weight=np.linspace(0, 2, 20, dtype=np.float32))
    aim = Aim.of(heavy)
    wanted = aim.wanted(heavy)[:, 0]
    assert np.average(wanted, weights=heavy.weight) == pytest.approx(0, abs=1e-5)
    assert np.average(wanted**2, weights=heavy.weight) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(wanted * aim.spread + aim.center, numbers(data), rtol=1e-5)


def test_a_number_that_never_varies_is_wanted_as_it_is() -> None:
    import pyarrow as pa

    data = replace(numbers_world.parts(6).fit, truth=pa.chunked_array([pa.array([7.0] * 6)]))
    assert Aim.of(data) == Aim(data.task, 7.0, 1.0)


def test_a_head_settles_in_the_units_of_the_number() -> None:
    data = numbers_world.parts(20).fit
    aim, head = Aim.of(data), torch.nn.Linear(3, 1)
    vectors = torch.randn(5, 3)
    before = head(vectors).detach().numpy()
    aim.settle(head)
    np.testing.assert_allclose(head(vectors).detach().numpy(), before * aim.spread + aim.center, rtol=1e-5)


def test_the_head_of_classes_stays_as_it_is() -> None:
    head = torch.nn.Linear(3, 2)
    before = head.weight.detach().clone()
    Aim.of(make(6)).settle(head)
    assert torch.equal(head.weight, before)


def test_labels_are_wanted_as_zero_and_one_and_soft_ones_as_they_are() -> None:
    data = labels_world.parts(8).fit
    hard = several(data)
    assert [np.flatnonzero(row).tolist() for row in hard] == data.truth.to_pylist()
    soft = np.zeros((8, 3), np.float32)
    soft[0] = 0.5
    found = several(replace(data, soft=soft))
    assert found[0].tolist() == [0.5, 0.5, 0.5] and np.array_equal(found[1:], hard[1:])


def test_the_judge_is_the_metric_and_higher_is_better() -> None:
    data = make(6)
    right, judge = np.eye(2, dtype=np.float32)[data.target], Aim.of(data).judge(data)
    assert judge(right, data.target) == 1.0
    assert judge(1 - right, data.target) == 0.0
    by_loss = Aim.of(data).judge(replace(data, task=replace(data.task, metric="log_loss")))
    assert by_loss(right, data.target) > by_loss(1 - right, data.target)


def test_the_judge_of_numbers_reads_their_own_units() -> None:
    data = numbers_world.parts(20).fit
    aim = Aim.of(data)
    assert aim.judge(data)(aim.wanted(data), data.target) == pytest.approx(0, abs=1e-4)  # minus the root mean square
    assert aim.judge(data)(aim.wanted(data) + 1, data.target) == pytest.approx(-aim.spread, rel=1e-4)
