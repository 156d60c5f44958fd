"""Does a blend weigh its members, leave out the useless, and fit again from what was decided?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Outputs, Parts, State, Task, subset
from naeum.errors import InputError
from naeum.model.around.blend import Blend, Pool
from naeum.model.floor import Majority
from naeum.model.text.networks import HashedNgrams
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun


def test_a_blend_of_one_is_that_member_and_a_floor_is_outvoted(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(120, korean=True)
    alone = run.fit(HashedNgrams(), both).predict(both.tune.rows)
    one = Blend((HashedNgrams(),)).fit(both, run).predict(both.tune.rows)
    np.testing.assert_allclose(one.probabilities, alone.probabilities, atol=1e-5)
    two = Blend((Majority(), HashedNgrams())).fit(both, run)
    assert (two.predict(both.tune.rows).codes == alone.codes).all()


def test_decided_weights_fit_without_tune_rows_and_drop_the_useless(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(120)
    blend = Blend((Majority(), HashedNgrams()))
    fitted = blend.fit(both, run)
    decided = fitted.decided(blend)
    assert decided.weights == fitted.weights
    again = decided.fit(Parts(both.fit, subset(both.tune, [], "none")), run)
    assert again.weights == fitted.weights
    assert len(decided.members) == len(fitted.members)


def test_a_blend_comes_back_from_its_state(tmp_path: Path) -> None:
    both = parts(60)
    fitted = Blend((Majority(), HashedNgrams()), weights=(0.2, 0.8)).fit(both, TinyRun(tmp_path))
    state = fitted.state()
    back = Pool.restore(both.fit.task, State(json.loads(json.dumps(dict(state.settings))), {}, state.children))
    np.testing.assert_array_equal(back.predict(both.tune.rows).scores, fitted.predict(both.tune.rows).scores)


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="how must be one of greedy, mean, stacking; got 'vote'; correct its name"):
        Blend((Majority(),), how="vote")
    with pytest.raises(InputError, match="one number of 0 or more for each of 1 members; got"):
        Blend((Majority(),), weights=(0.5, 0.5))
    with pytest.raises(InputError, match="a blend must have a member; got none; give it learners"):
        Blend().fit(parts(20), TinyRun(tmp_path))


def test_the_mean_of_models_with_thresholds_has_the_mean_thresholds() -> None:
    task = Task(classes=("a", "b"), output="labels")
    scores = np.zeros((1, 2), np.float32)
    one, two = (Outputs(task, scores, "sigmoid", cut=np.array(cut, np.float32)) for cut in ([0.2, 0.4], [0.4, 0.8]))
    pool = Pool(task, (), (0.5, 0.5), (0, 1))
    np.testing.assert_allclose(pool.combine([one, two]).cut, [0.3, 0.6], atol=1e-6)
    assert pool.combine([one, Outputs(task, scores, "sigmoid")]).cut is None
