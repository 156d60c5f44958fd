"""Do the pieces of the error add up?"""

import pytest

from naeum.report.figures import bias_variance


def test_bias_and_variance_add_up_to_the_error():
    found = {"reference": 0.01, "tune_error": 0.032, "fit_error": 0.015, "bias": 0.01, "variance": 0.012}
    (_, quick), (_, curve) = bias_variance.readings(found)
    assert quick == (0.01, 0.015, 0.032)
    assert curve == pytest.approx((0.01, 0.02, 0.032))


def test_a_training_error_below_the_reference_shows_no_bias():
    found = {"reference": 0.02, "tune_error": 0.03, "fit_error": 0.0}
    assert bias_variance.readings(found)[0][1] == (0.0, 0.0, 0.03)


def test_a_reference_above_the_asymptote_leaves_no_bias():
    found = {"reference": 0.01, "tune_error": 0.012, "fit_error": None, "bias": -0.004, "variance": 0.006}
    assert bias_variance.readings(found)[0][1] == pytest.approx((0.006, 0.006, 0.012))
