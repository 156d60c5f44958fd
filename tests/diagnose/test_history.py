"""Is the history of a training read as recorded?"""

import numpy as np
import pytest

from naeum.diagnose.history import quarters, recorded, series
from naeum.errors import NotApplicable


def test_series_leave_out_what_was_not_recorded():
    lines = ({"loss": 3.0, "tune_loss": None}, {"loss": float("nan")}, {"tune_loss": 1.0})
    assert series(lines, "tune_loss").tolist() == [1.0]
    assert np.isnan(series(lines, "loss")[1])


def test_quarters_are_means():
    assert quarters(np.arange(8.0)).tolist() == [0.5, 2.5, 4.5, 6.5]


def test_no_training_no_history(subject):
    with pytest.raises(NotApplicable, match="it needs the history of a training in steps; this learner has none"):
        recorded(subject())
