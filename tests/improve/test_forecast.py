"""Is what an edit costs and brings forecast from what is known?"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from naeum.improve import forecast
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.searched import Searched
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.probe import Probe


@given(st.floats(-2, 2), st.floats(0.01, 2))
def test_expected_improvement_is_the_integral(mean: float, sd: float) -> None:
    grid = np.linspace(0, max(mean + 10 * sd, 1e-3), 20_001)
    expected = np.trapezoid(grid * norm.pdf(grid, mean, sd), grid)
    assert forecast.expected_improvement(mean, sd) == pytest.approx(expected, abs=1e-4)


def test_a_certain_gain_is_itself_and_a_certain_loss_nothing() -> None:
    assert forecast.expected_improvement(0.1, 0.0) == 0.1
    assert forecast.expected_improvement(-0.1, 0.0) == 0.0


def test_leaves_are_what_trains_each_once() -> None:
    probe, tuned = Probe(base="b"), FineTuned(base="b")
    learner = Calibrated(Blend((probe, tuned, Calibrated(probe))))
    assert forecast.leaves(learner) == ((probe, 1.0), (tuned, 1.0))
    assert forecast.leaves(Majority()) == ((Majority(), 1.0),)


def test_a_search_trains_its_learner_once_for_most_trials() -> None:
    probe = Probe(base="b")
    assert forecast.leaves(Searched(probe, trials=10)) == ((probe, 10 * forecast.TRIAL),)
    assert forecast.leaves(Blend((probe, Searched(probe, trials=10)))) == ((probe, 10 * forecast.TRIAL),)


def test_work_counts_epochs() -> None:
    tuned = FineTuned(base="b")
    assert forecast.work(tuned, 100) == 100 * tuned.optimization.epochs
    assert forecast.work(Probe(base="b"), 100) == 100


def test_one_family_shares_base_tuning_and_length() -> None:
    assert forecast.family(FineTuned(base="a", dropout=0.3)) == forecast.family(FineTuned(base="a"))
    assert forecast.family(FineTuned(base="a", max_length=64)) != forecast.family(FineTuned(base="a"))
    assert forecast.family(FineTuned(base="b")) != forecast.family(FineTuned(base="a"))


def test_worth_is_a_second() -> None:
    one = forecast.Forecast(0.01, 0.02, 10.0)
    assert one.worth == pytest.approx(forecast.expected_improvement(0.01, 0.02) / 10)
    assert math.isfinite(forecast.Forecast(0.01, 0.02, 0.0).worth)
