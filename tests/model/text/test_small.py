"""Is a small network of any make trained where its learner says, stored as arrays, and stopped where tune was best?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras, values
from naeum.contract import Parts, State, subset
from naeum.errors import InputError
from naeum.model.text.networks import NETWORKS, VALUES, HashedNgrams
from naeum.model.text.small import SETTINGS, SmallNetwork
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.train.recipe import Optimization

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

QUICK = HashedNgrams(Optimization(epochs=6.0, learning_rate=2e-2, batch_size=16), width=8, buckets=1024)


@pytest.mark.parametrize("make", NETWORKS)
def test_every_network_comes_back_from_json_by_what_is_listed(make) -> None:
    kinds = {one.kind: one for one in (*NETWORKS, *SETTINGS, *VALUES)}
    assert values.from_json(values.to_json(make()), kinds) == make()


def test_a_learner_that_begins_is_asked_before_it_is_trained(tmp_path) -> None:
    class Begun(HashedNgrams):
        def begin(self, module, rows, run) -> None:
            begun.append((len(rows), run.seed))
            module.head.bias.data.fill_(7.0)

    begun: list[tuple[int, int]] = []
    parts = data.parts(20)
    job = Begun(QUICK.optimization, width=8, buckets=64).job(parts, TinyRun(tmp_path, seed=3))
    assert begun == [(20, 3)]
    assert job.module.head.bias.tolist() == [7.0, 7.0]


def test_without_tune_the_last_weights_answer_and_nothing_is_decided(tmp_path) -> None:
    parts = data.parts(40)
    fitted = QUICK.fit(Parts(parts.fit, subset(parts.tune, [], "none")), TinyRun(tmp_path))
    assert fitted.best_epochs == 6.0
    assert not [line for line in fitted.history if "tune_score" in line]


def test_what_is_stored_is_arrays_and_answers_alike(tmp_path) -> None:
    parts = data.parts(40, korean=True)
    fitted = QUICK.fit(parts, TinyRun(tmp_path))
    state = fitted.state()
    assert all(array.dtype.kind in "iuf" for array in state.arrays.values())
    back = SmallNetwork.restore(fitted.task, State(state.settings, dict(state.arrays)))
    assert np.array_equal(back.predict(parts.tune.rows).scores, fitted.predict(parts.tune.rows).scores)


def test_no_labelled_row_is_refused(tmp_path) -> None:
    parts = data.parts(20)
    with pytest.raises(InputError, match="hashed_ngrams must have labelled rows to learn from; got none of 0 rows"):
        QUICK.fit(Parts(subset(parts.fit, [], "none"), parts.tune), TinyRun(tmp_path))
