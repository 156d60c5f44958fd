"""M09 not converged: fires, keeps quiet, does not apply."""

import numpy as np
import pytest

from naeum.diagnose.checks import NotConverged
from naeum.errors import NotApplicable


def _history(loss, tune_loss=()):
    lines = [{"step": step, "loss": float(value)} for step, value in enumerate(loss)]
    gap = max(len(lines) // max(len(tune_loss), 1), 1)
    for at, value in enumerate(tune_loss):
        lines[min((at + 1) * gap, len(lines)) - 1]["tune_loss"] = float(value)
    return tuple(lines)


STEPS = np.arange(40)
FALLING = 2 * np.exp(-STEPS / 30)
FLAT = 0.3 + 2 * np.exp(-STEPS / 4)


def test_fires_where_the_tune_loss_still_falls(subject):
    found = NotConverged().look(subject(history=_history(FLAT, FALLING[4::5])))
    assert "the loss on tune rows fell by" in found.seen and found.answers[0] == "epochs"
    assert found.numbers["fall"] > 0.05


def test_fires_on_batch_losses_where_tune_was_not_measured(subject):
    noise = np.random.default_rng(0).normal(0, 0.05, 40)
    assert "on fit batches" in NotConverged().look(subject(history=_history(FALLING + noise))).seen


def test_keeps_quiet_where_the_loss_is_flat(subject):
    noise = np.random.default_rng(0).normal(0, 0.01, 40)
    assert NotConverged().look(subject(history=_history(FLAT + noise))) is None
    assert NotConverged().look(subject(history=_history(FALLING, FLAT[4::5]))) is None


def test_keeps_quiet_where_more_steps_would_overfit(subject):
    assert NotConverged().look(subject(history=_history(FALLING, [1.0, 0.8, 0.9]))) is None


def test_does_not_apply_without_a_training_or_with_a_broken_one(subject):
    with pytest.raises(NotApplicable, match="it needs 4 losses on tune or 12 of batches; 0 and 3 are recorded"):
        NotConverged().look(subject(history=_history([3, 2, 1])))
    with pytest.raises(NotApplicable, match="the loss became infinite or not a number"):
        NotConverged().look(subject(history=_history([*FALLING, np.nan])))
    with pytest.raises(NotApplicable, match="it needs the history of a training in steps"):
        NotConverged().look(subject())
