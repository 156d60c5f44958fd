"""Is confidence a probability after calibration, and does no answer change?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.calibrated import Calibrated, Cooled
from naeum.model.text.networks import HashedNgrams
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun


def test_log_loss_falls_on_noisy_labels_and_answers_stay(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(200, noise=0.3)
    plain = run.fit(HashedNgrams(), both).predict(both.tune.rows)
    fitted = Calibrated(HashedNgrams()).fit(both, run)
    cooled = fitted.predict(both.tune.rows)
    assert (cooled.codes == plain.codes).all()
    loss = metric("log_loss")
    assert loss.score(cooled, both.tune) <= loss.score(plain, both.tune) + 1e-6


def test_a_given_temperature_needs_no_tune_rows(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(60)
    learner = Calibrated(HashedNgrams())
    fitted = learner.fit(both, run)
    decided = fitted.decided(learner)
    assert decided.temperature == fitted.temperature > 0
    again = decided.fit(Parts(both.fit, subset(both.tune, [], "none")), run)
    assert again.temperature == fitted.temperature


def test_it_comes_back_from_its_state(tmp_path: Path) -> None:
    both = parts(60)
    fitted = Calibrated(HashedNgrams(), temperature=2.5).fit(both, TinyRun(tmp_path))
    back = Cooled.restore(both.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(both.tune.rows).scores, fitted.predict(both.tune.rows).scores)


def test_a_negative_temperature_is_refused() -> None:
    with pytest.raises(InputError, match=r"a temperature must be 0 or more; got -1; leave it out to have it decided"):
        Calibrated(HashedNgrams(), temperature=-1)
