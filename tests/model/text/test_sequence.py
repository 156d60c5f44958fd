"""Do recurrent networks and small transformers learn texts from nothing, start from own vectors, foresee their time?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum import extras
from naeum.contract import Parts
from naeum.errors import InputError
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.small import SmallNetwork
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels, numbers
from naeum.train import cost
from naeum.train.recipe import Optimization

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

QUICK = Optimization(epochs=10.0, learning_rate=1e-2, batch_size=16)
READING = WordReading(width=16, dropout=0.0)
SMALL = (
    SequenceNetwork(Recurrence("lstm", width=12), QUICK, reading=READING),
    SequenceNetwork(Recurrence("gru", width=12, layers=2, norm="batch"), QUICK, reading=READING),
    SequenceNetwork(Attention(width=16, layers=1, heads=2, positions="alibi"), QUICK, reading=READING),
)
each = pytest.mark.parametrize("learner", SMALL, ids=["lstm", "gru", "attention"])


@each
@pytest.mark.parametrize("korean", [True, False])
def test_a_small_task_is_learned(learner, korean: bool, tmp_path) -> None:
    parts = data.parts(120, classes=3, korean=korean)
    predictor = learner.fit(parts, TinyRun(tmp_path))
    new = data.make(90, classes=3, korean=korean, seed=77)
    assert (predictor.predict(new.rows).codes == new.target).mean() > 0.9
    assert predictor.complete
    assert len(predictor.features(new.rows)) == len(new)


@pytest.mark.parametrize("world", [numbers, labels])
@pytest.mark.parametrize("learner", [SMALL[1], SMALL[2]], ids=["gru", "attention"])
def test_numbers_and_labels_are_learned(learner, world, tmp_path) -> None:
    given = world.parts(90)
    fitted = learner.fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    floor = Majority().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert row_errors(outputs, given.tune).mean() < 0.6 * row_errors(floor, given.tune).mean()
    back = SmallNetwork.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)


def test_own_vectors_are_where_it_starts_and_bare_rows_are_heard(tmp_path) -> None:
    learner, parts = SMALL[1], data.parts(60, korean=True)
    own = replace(learner, reading=replace(READING, vectors="own"))
    bare = data.make(200, korean=True, seed=5)
    starts = [
        one.job(parts, TinyRun(tmp_path, bare=rows)).module.words.bag.weight.detach()
        for one, rows in ((learner, None), (own, None), (own, bare))
    ]
    assert not np.array_equal(starts[0], starts[1])
    assert not np.array_equal(starts[1], starts[2])
    assert starts[1].shape == starts[2].shape  # what is known of pieces comes from fit
    assert (own.fit(parts, TinyRun(tmp_path)).predict(parts.tune.rows).codes == parts.tune.target).mean() > 0.8


@each
def test_the_time_is_foreseen(learner, tmp_path) -> None:
    run = TinyRun(tmp_path)
    assert 0 < cost.estimate(learner, data.parts(40), run) < 120
    assert learner.nominal(2000, 10.0, run.policy) == pytest.approx(2 * learner.nominal(1000, 10.0, run.policy))


def test_soft_targets_are_read(tmp_path) -> None:
    parts = data.parts(60)
    soft = np.eye(2, dtype=np.float32)[parts.fit.target] * 0.8 + 0.1
    fit = replace(parts.fit, target=np.full(60, -1), soft=soft)
    found = SMALL[1].fit(Parts(fit, parts.tune), TinyRun(tmp_path)).predict(parts.tune.rows)
    assert (found.codes == parts.tune.target).mean() > 0.8


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match=r"dropout must be in \[0, 1\) and patience at least 0; got 1.0 and 12"):
        SequenceNetwork(dropout=1.0)
