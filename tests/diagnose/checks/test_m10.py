"""M10 learning rate too high: fires, keeps quiet, does not apply."""

import numpy as np
import pytest

from naeum.diagnose.checks import LearningRateTooHigh
from naeum.errors import NotApplicable

STEPS = np.arange(40)
GOOD = 0.2 + 2 * np.exp(-STEPS / 10) + np.random.default_rng(0).normal(0, 0.05, 40)


def _history(loss, scores=()):
    lines = [{"step": step, "loss": float(value), "learning_rate": 0.01} for step, value in enumerate(loss)]
    for at, value in enumerate(scores):
        lines[at]["tune_score"] = value
    return tuple(lines)


def test_fires_on_losses_that_are_no_numbers(subject):
    found = LearningRateTooHigh().look(subject(history=_history([2.0, 1.0, float("nan"), float("inf")])))
    assert found.seen == "2 of 4 losses are infinite or not a number at a learning rate of up to 0.01."


def test_fires_on_jumps(subject):
    loss = GOOD.copy()
    loss[[20, 30]] = 6.0
    assert (
        "jumped to 3 times its level or more 2 times"
        in LearningRateTooHigh().look(subject(history=_history(loss))).seen
    )


def test_fires_on_a_climb(subject):
    found = LearningRateTooHigh().look(subject(history=_history(np.concatenate([GOOD[:20], GOOD[:20][::-1]]))))
    assert "the loss climbed from" in found.seen and found.answers[0] == "learning_rate"


def test_fires_where_the_score_falls_from_an_early_best(subject):
    found = LearningRateTooHigh().look(subject(history=_history(GOOD, [0.70, 0.82, 0.78, 0.76, 0.75])))
    assert "the tune score fell by 7.0 % from its early best" in found.seen and found.numbers["drop"] == pytest.approx(
        0.07
    )


def test_keeps_quiet_on_a_descent_with_one_odd_batch(subject):
    loss = GOOD.copy()
    loss[20] = 6.0
    assert LearningRateTooHigh().look(subject(history=_history(loss, [0.6, 0.7, 0.75, 0.745]))) is None


def test_keeps_quiet_near_zero(subject):
    loss = np.concatenate([GOOD[:30] - 0.2, np.abs(np.random.default_rng(1).normal(0, 0.01, 30))])
    loss[[40, 50]] = 0.2
    assert LearningRateTooHigh().look(subject(history=_history(np.abs(loss)))) is None


def test_does_not_apply_to_a_short_training(subject):
    with pytest.raises(NotApplicable, match="it needs 8 recorded losses; there are 3"):
        LearningRateTooHigh().look(subject(history=_history([3, 2, 1])))
