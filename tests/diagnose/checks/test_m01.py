"""M01 bias: fires, keeps quiet, does not apply."""

import pytest

from naeum.diagnose.checks import Bias
from naeum.errors import NotApplicable


def test_fires_on_a_flat_curve_far_above_the_reference(subject, curve):
    found = Bias().look(subject(fit_error=0.09, curve=curve(0.095, 0.1)))
    assert found.code == "M01" and found.severity == "issue" and "base" in found.answers
    assert (
        "9.0 % of the fit rows and 10.0 % of the tune rows are answered wrongly" in found.seen
        and "(reference 0 %: 0: no " in found.seen
    )
    assert found.numbers["low"] > 0 and found.numbers["bias"] == pytest.approx(0.095, abs=0.002)
    assert len(found.rows) == 20 and all(0 <= row < 400 for row in found.rows)


def test_keeps_quiet_where_the_curve_falls_to_the_reference(subject, curve):
    assert Bias().look(subject(curve=curve(0.01, 1.8))) is None


def test_does_not_apply_where_it_cannot_be_told(subject, curve):
    with pytest.raises(NotApplicable, match=r"it cannot be told yet: bias is 5.+ of 10\.0 % error"):
        Bias().look(subject(fit_error=0.0, curve=curve(0.05, 1.0, wide=1.0)))


def test_does_not_apply_without_answers_to_fit_rows(subject):
    with pytest.raises(NotApplicable, match="it needs answers to clean fit rows; there are none"):
        Bias().look(subject(sample_outputs=None))
