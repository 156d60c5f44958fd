"""Are answers put beside the right rows, and wrong ones refused?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.measure import Scored, metric


def test_rows_without_label_are_left_out(answered):
    outputs, dataset = answered([0, -1, 1], [[1, 0], [1, 0], [1, 0]])
    assert metric("accuracy").score(outputs, dataset) == 0.5


def test_sure_answers_still_differ(answered):
    outputs, dataset = answered([1, 1], [[0.0, 30.0], [30.0, 0.0]], link="softmax")
    assert metric("log_loss").score(outputs, dataset) == pytest.approx(15.0, rel=1e-6)


def test_sigmoid_scores_become_probabilities(answered):
    outputs, dataset = answered([1], [[0.0, 2.0]], link="sigmoid")
    assert Scored.of(outputs, dataset).probabilities[0] == pytest.approx([0.5, 1 / (1 + np.exp(-2))])


def test_error_is_the_distance_from_faultless_for_either_sign():
    assert metric("accuracy").error(0.9) == pytest.approx(0.1)
    assert metric("log_loss").error(0.3) == pytest.approx(0.3)
    assert metric("accuracy").error(1.5) == 0.0


def test_answers_that_do_not_belong_to_the_rows_are_refused(answered, made):
    outputs, dataset = answered([0, 1], [[1, 0], [0, 1]])
    score = metric("accuracy").score
    with pytest.raises(InputError, match="one answer a row; got 3 answers to 2 rows"):
        score(answered([0, 1, 1], [[1, 0]] * 3)[0], dataset)
    with pytest.raises(InputError, match="same classes in the same order"):
        score(made(2, 3)[0], dataset)
    with pytest.raises(InputError, match="every score must be a number; got NaN"):
        score(replace(outputs, scores=np.full((2, 2), np.nan, np.float32)), dataset)
    with pytest.raises(InputError, match="at least one row must be labelled"):
        score(outputs, replace(dataset, target=np.array([-1, -1])))
    with pytest.raises(InputError, match="must not all be 0"):
        score(outputs, replace(dataset, weight=np.zeros(2, np.float32)))
    with pytest.raises(InputError, match="must judge what the task answers, number; accuracy judges label;"):
        score(outputs, replace(dataset, task=replace(dataset.task, output="number")))
