"""M11 miscalibrated: fires, keeps quiet, does not apply."""

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import Outputs
from naeum.diagnose.checks import Miscalibrated
from naeum.diagnose.checks.m11 import chance_error
from naeum.errors import NotApplicable
from naeum.measure import reliability


def _honest(data, seed=0, sharper=1.0):
    """Probabilities that mean what they say (sharper = 1), or claim too much (more)."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(2, 2, len(data))
    target = (rng.random(len(data)) < chance).astype(np.int64)
    odds = sharper * np.log(chance / (1 - chance))
    return replace(data, target=target), Outputs(data.task, np.stack([-odds / 2, odds / 2], axis=1).astype(np.float32))


def test_fires_on_probabilities_that_claim_too_much(subject):
    tune, outputs = _honest(subject().tune, sharper=2.5)
    found = Miscalibrated().look(subject(tune=tune, tune_outputs=outputs))
    assert "on the whole too sure" in found.seen and found.numbers["low"] > 0.03
    assert found.numbers["overconfidence"] > 0.03 and found.answers[0] == "calibrate"


def test_fires_on_probabilities_that_claim_too_little(subject):
    found = Miscalibrated().look(subject(tune_error=0.02))  # 90 % sure, 98 % right
    assert "on the whole too unsure" in found.seen and found.numbers["error"] == pytest.approx(0.08, abs=1e-3)


def test_keeps_quiet_on_honest_probabilities(subject):
    quiet = 0
    for seed in range(20):
        tune, outputs = _honest(subject().tune, seed=seed)
        quiet += Miscalibrated().look(subject(tune=tune, tune_outputs=outputs)) is None
    assert quiet >= 18


def test_chance_error_is_what_honest_probabilities_show(subject):
    """The 95 % quantile by drawing bins against drawing every row's label anew."""
    tune, outputs = _honest(subject().tune)
    rows = outputs.probabilities[:, 1]
    rng = np.random.default_rng(3)
    errors = [
        reliability(outputs, replace(tune, target=(rng.random(1000) < rows).astype(np.int64))).error for _ in range(200)
    ]
    assert chance_error(reliability(outputs, tune), seed=0) == pytest.approx(np.quantile(errors, 0.95), rel=0.15)


def test_does_not_apply_without_probabilities_or_rows(subject):
    given = subject()
    with pytest.raises(NotApplicable, match="it is for answers with probabilities; these have none"):
        Miscalibrated().look(subject(tune_outputs=replace(given.tune_outputs, link="identity")))
    with pytest.raises(NotApplicable, match="it needs 200 labelled tune rows; there are 100"):
        Miscalibrated().look(subject(tune_rows=100))
