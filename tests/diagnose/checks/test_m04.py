"""M04 imbalance: fires, keeps quiet, does not apply."""

import numpy as np
import pytest

from naeum.diagnose.checks import Imbalance
from naeum.errors import NotApplicable

SKEWED = np.repeat([0, 1, 2], [300, 300, 30])


def _skewed(subject, rows, answers, wrong_of_small, tune=SKEWED):
    fit, tune = rows(SKEWED, classes=3), rows(tune, classes=3, start=10_000)
    wrong = (tune.target == 2) & (np.arange(len(tune)) % 10 < 10 * wrong_of_small)
    wrong |= (tune.target != 2) & (np.arange(len(tune)) % 20 == 0)
    return subject(
        task=fit.task, fit=fit, tune=tune, sample=None, sample_outputs=None, tune_outputs=answers(tune, wrong)
    )


def test_fires_where_the_small_class_is_missed(subject, rows, answers):
    found = Imbalance().look(_skewed(subject, rows, answers, 0.6))
    assert found.numbers["recall_small"] == pytest.approx(0.4) and found.numbers["ratio"] == 10
    assert "1 of 3 classes are small (30 to 30 rows; the largest has 300)" in found.seen
    assert "the worst is 'c2' with 40.0 %" in found.seen
    assert set(found.rows) <= set(range(10_600, 10_630)) and found.answers[0] == "class_weights"


def test_keeps_quiet_where_the_small_class_is_found_as_well(subject, rows, answers):
    assert Imbalance().look(_skewed(subject, rows, answers, 0.0)) is None


def test_keeps_quiet_where_no_class_is_small(subject):
    assert Imbalance().look(subject()) is None


def test_does_not_apply_where_tune_has_few_rows_of_small_classes(subject, rows, answers):
    with pytest.raises(
        NotApplicable, match="recall needs 10 tune rows of small classes and of others; there are 5 and"
    ):
        Imbalance().look(_skewed(subject, rows, answers, 0.6, tune=SKEWED[:605]))
