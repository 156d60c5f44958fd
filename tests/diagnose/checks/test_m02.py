"""M02 variance: fires, keeps quiet, does not apply."""

import pytest

from naeum.diagnose.checks import Variance
from naeum.errors import NotApplicable


def test_fires_where_the_curve_still_falls_and_says_what_twice_the_rows_bring(subject, curve):
    given = curve(0.01, 1.8)
    found = Variance().look(subject(curve=given))
    assert found.code == "M02" and "augment" in found.answers and found.numbers["low"] > 0
    less = 0.1 * (1 - given.at_double / given.law.at(400))
    assert f"twice the rows should take away about {100 * less:.1f} %" in found.seen
    assert all(row >= 10_000 for row in found.rows)


def test_keeps_quiet_on_a_flat_curve(subject, curve):
    assert Variance().look(subject(fit_error=0.09, curve=curve(0.095, 0.1))) is None


def test_does_not_apply_without_a_curve_where_fit_and_tune_are_far_apart(subject):
    with pytest.raises(NotApplicable, match="it cannot be told yet: variance is"):
        Variance().look(subject(fit_error=0.0))


def test_does_not_apply_without_answers_to_tune_rows(subject):
    with pytest.raises(NotApplicable, match="it needs answers to labelled tune rows; there are none"):
        Variance().look(subject(tune_outputs=None))
