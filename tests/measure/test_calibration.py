"""Is calibration measured right, and does a threshold keep its promise?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from naeum.errors import InputError
from naeum.measure import coverage_curve, expected_calibration_error, metric, reliability


def _binary(answered, confidence, right, **more):
    """Rows answered with class 0 at a confidence, right or not."""
    confidence = np.asarray(confidence, float)
    return answered(np.where(right, 0, 1), np.stack([confidence, 1 - confidence], axis=1), **more)


def test_bins_of_equal_mass_equal_a_plain_loop(answered):
    rng = np.random.default_rng(0)
    confidence = rng.uniform(0.5, 1, 300)
    right = rng.random(300) < confidence**2
    given = _binary(answered, confidence, right)
    seen = given[0].scores[:, 0].astype(float)
    blocks = np.split(np.argsort(seen), 15)  # 300 rows, 15 bins of 20
    expected = sum(len(b) / 300 * abs(right[b].mean() - seen[b].mean()) for b in blocks)
    assert expected_calibration_error(*given) == pytest.approx(expected)
    assert metric("ece").score(*given) == pytest.approx(expected)
    got = reliability(*given)
    assert list(got.rows) == [20] * 15
    assert (np.diff(got.confidence) > 0).all()
    assert got.overconfidence == pytest.approx(seen.mean() - right.mean())


def test_order_of_rows_does_not_matter_even_with_ties(answered):
    rng = np.random.default_rng(1)
    confidence = rng.choice([0.6, 0.75, 0.9], 200)
    right = rng.random(200) < 0.7
    order = rng.permutation(200)
    a = expected_calibration_error(*_binary(answered, confidence, right))
    assert expected_calibration_error(*_binary(answered, confidence[order], right[order])) == pytest.approx(a)


def test_weights_count(answered):
    right = np.array([True, False])
    given = _binary(answered, [0.75, 0.75], right, weight=[3, 1])
    assert expected_calibration_error(*given) == pytest.approx(0.0)


def test_true_probabilities_are_calibrated(answered):
    rng = np.random.default_rng(2)
    confidence = rng.uniform(0.5, 1, 20_000)
    assert expected_calibration_error(*_binary(answered, confidence, rng.random(20_000) < confidence)) < 0.02


def test_coverage_of_a_small_table(answered):
    got = coverage_curve(*_binary(answered, [0.9, 0.8, 0.8, 0.6], [True, True, False, False]))
    assert got.threshold == pytest.approx([0.9, 0.8, 0.6])
    assert got.coverage == pytest.approx([0.25, 0.75, 1.0])
    assert got.error == pytest.approx([0, 1 / 3, 0.5])
    assert got.at(0.85) == pytest.approx((0.25, 0.0))
    assert got.at(0.95)[0] == 0.0 and np.isnan(got.at(0.95)[1])


def test_a_threshold_keeps_the_wanted_error_and_covers_the_most(answered):
    got = coverage_curve(*_binary(answered, [0.9, 0.8, 0.8, 0.6], [True, True, False, False]))
    assert got.threshold_for(0.4) == pytest.approx(0.8)
    assert got.threshold_for(0.02) == pytest.approx(0.9)
    assert got.threshold_for(0.5) == pytest.approx(0.6)
    hopeless = coverage_curve(*_binary(answered, [0.9, 0.8], [False, False]))
    assert hopeless.threshold_for(0.02) is None


def test_a_promise_to_be_sure_of_needs_more_rows(answered):
    few = coverage_curve(*_binary(answered, np.linspace(0.6, 0.9, 50), np.ones(50, bool)))
    assert few.threshold_for(0.02) is not None
    assert few.threshold_for(0.02, sure=0.9) is None
    many = coverage_curve(*_binary(answered, np.linspace(0.6, 0.9, 500), np.ones(500, bool)))
    assert many.threshold_for(0.02, sure=0.9) is not None
    # 0 wrong of 50: the exact one-sided bound
    exact = stats.binomtest(0, 50, alternative="less").proportion_ci(0.9, method="exact").high
    assert few.threshold_for(exact - 1e-6, sure=0.9) is None
    assert few.threshold_for(exact + 1e-6, sure=0.9) is not None


def test_what_is_no_share_is_refused(answered):
    curve = coverage_curve(*_binary(answered, [0.9], [True]))
    with pytest.raises(InputError, match="must be a share from 0 to below 1; got 2"):
        curve.threshold_for(2)
