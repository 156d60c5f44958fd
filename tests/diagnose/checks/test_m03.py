"""M03 label noise: fires, keeps quiet, does not apply."""

from dataclasses import replace

import numpy as np
import pytest

from naeum.diagnose.checks import LabelNoise
from naeum.diagnose.noise import agree, find
from naeum.errors import NotApplicable


def _noise(rows, flips):
    labels = np.arange(400) % 2
    sure = 0.6 + 0.3 * np.random.default_rng(0).random(400)
    seems = np.where(np.arange(400) < flips, 1 - labels, labels)
    chances = np.stack([np.where(seems == 0, sure, 1 - sure), np.where(seems == 1, sure, 1 - sure)], axis=1)
    one = find(chances, rows(labels))
    return agree(one, one)


def test_fires_and_lists_the_most_suspicious_rows_first(subject, rows):
    noise = _noise(rows, 40)
    found = LabelNoise().look(subject(noise=noise))
    assert set(found.rows) <= set(range(40)) and len(found.rows) >= 10
    assert found.rows[0] == noise.ids[noise.margin.argmin()]
    assert (
        found.answers == ("clean_labels", "label_smoothing")
        and "of 400 labels look wrong to two unlike learners" in found.seen
    )


def test_keeps_quiet_where_few_labels_look_wrong(subject, rows):
    assert LabelNoise().look(subject(noise=_noise(rows, 2))) is None


def test_does_not_apply_to_the_suspicion_of_one_learner(subject, rows):
    with pytest.raises(NotApplicable, match="it needs two unlike learners that agree on a row; only one was asked"):
        LabelNoise().look(subject(noise=replace(_noise(rows, 40), learners=1)))


def test_does_not_apply_where_noise_was_not_estimated(subject):
    with pytest.raises(NotApplicable, match="label noise was not estimated"):
        LabelNoise().look(subject())
