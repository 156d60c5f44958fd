"""Is the calibration of every kind of answer measured that has one?"""

import numpy as np
import pytest

from naeum.compress.loss.confidence import confidence
from naeum.contract import Outputs
from naeum.measure import expected_calibration_error
from naeum.testing.data import make
from naeum.testing.worlds import world


def test_of_single_labels_it_is_the_expected_calibration_error():
    data = make(60)
    rng = np.random.default_rng(0)
    outputs = Outputs(data.task, rng.normal(size=(60, 2)).astype(np.float32))
    found = confidence(outputs, data)
    assert found.error == pytest.approx(expected_calibration_error(outputs, data))


def test_sure_wrong_answers_claim_too_much():
    data = make(60)
    wrong = np.where(np.arange(2)[None] == data.target[:, None], -9.0, 9.0).astype(np.float32)
    found = confidence(Outputs(data.task, wrong), data)
    assert found.error == pytest.approx(1, abs=1e-3) and found.over == pytest.approx(1, abs=1e-3)


def test_words_and_several_labels_are_decisions_each():
    tags = world("tags").parts(12).fit
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in tags.truth.to_pylist()])]).astype(np.int64)
    codes = np.concatenate([np.array(row) for row in tags.truth.to_pylist()])
    sure = np.where(np.arange(len(tags.task.classes))[None] == codes[:, None], 9.0, -9.0).astype(np.float32)
    assert confidence(Outputs(tags.task, sure, offsets=offsets), tags).error < 1e-3
    several = world("labels").parts(12).fit
    even = np.zeros((len(several), len(several.task.classes)), np.float32)
    held = np.mean([len(row) for row in several.truth.to_pylist()]) / even.shape[1]
    found = confidence(Outputs(several.task, even, "sigmoid"), several)
    assert found.over == pytest.approx(0.5 - held)


def test_numbers_have_none():
    data = world("numbers").parts(12).fit
    assert confidence(Outputs(data.task, np.zeros((len(data), 1), np.float32), "identity"), data) is None
