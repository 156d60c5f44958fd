"""Do cut points serve the metric, and only where it is worth it?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Outputs, Task
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.cutpoints import CutPoints, middles, tuned
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.testing.data import make
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import ordered

TASK = Task(classes=("나쁨", "보통", "좋음"), metric="quadratic_kappa", ordered=True)


def shy(rows=300):
    """Rows whose truth is told, but whose answers hardly leave the middle."""
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, rows)
    told = np.full((rows, 3), 0.3)
    told[np.arange(rows), truth] += 0.1 * (0.5 + rng.random(rows))
    return replace(make(rows), task=TASK, target=truth), Outputs(
        TASK, np.log(told / told.sum(1, keepdims=True)).astype(np.float32)
    )


def test_shy_answers_are_spread_as_the_truth_is():
    data, outputs = shy()
    kappa = metric("quadratic_kappa")
    cut = tuned(outputs, data)
    after = replace(outputs, cut=np.float32(cut))
    assert kappa.score(outputs, data) < 0.1 and kappa.score(after, data) > 0.9
    assert list(cut) == sorted(cut) and cut != middles(2)


def test_metrics_of_probabilities_keep_their_answers():
    data, outputs = shy()
    task = replace(TASK, metric="log_loss")
    assert tuned(replace(outputs, task=task), replace(data, task=task)) == (0.5, 1.5)


def test_what_is_given_is_kept_and_what_falls_is_refused():
    given = ordered.parts(30)
    fitted = CutPoints(TfidfOrdinal(c=4.0), (0.4, 1.7)).fit(given, TinyRun(Path()))
    assert fitted.predict(given.tune.rows).cut.tolist() == pytest.approx([0.4, 1.7])
    with pytest.raises(InputError, match="cut points must rise from class to class"):
        CutPoints(TfidfOrdinal(), (1.0, 0.5))
    with pytest.raises(InputError, match="a cut point for each of 2 steps; got 1"):
        CutPoints(TfidfOrdinal(), (1.0,)).fit(given, TinyRun(Path()))
