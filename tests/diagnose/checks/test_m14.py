"""M14 the metric is too coarse for so few rows: fires, keeps quiet, does not apply."""

import pytest

from naeum.diagnose.checks import MetricTooCoarse
from naeum.errors import NotApplicable


def test_fires_where_no_rung_can_be_told_from_another(subject, answers):
    tune = subject(tune_rows=60).tune
    others = {0: answers(tune, 0.5), 1: answers(tune, 0.1, seed=1), 2: answers(tune, 0.12, sure=0.6, seed=2)}
    found = MetricTooCoarse().look(subject(tune_rows=60, tune_error=0.1, rung_outputs=others))
    assert found.severity == "tip" and "on 60 tune rows" in found.seen
    assert found.numbers["high"] - found.numbers["low"] > found.numbers["widest"]
    assert "log loss tells" in found.seen and found.numbers["told"] <= 2


def test_keeps_quiet_where_a_gain_is_sure(subject, answers):
    tune = subject(tune_error=0.05).tune
    others = {1: answers(tune, 0.2, seed=1), 2: answers(tune, 0.06, seed=2)}
    assert MetricTooCoarse().look(subject(tune_error=0.05, rung_outputs=others)) is None


def test_does_not_apply_to_the_first_rungs(subject, answers):
    tune = subject().tune
    with pytest.raises(NotApplicable, match="it needs 2 other rungs above the floor; there are 1"):
        MetricTooCoarse().look(subject(rung_outputs={0: answers(tune, 0.5), 1: answers(tune, 0.1)}))
