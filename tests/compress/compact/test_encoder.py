"""Does a compact encoder answer, come back without its base, and leave as ONNX?"""

import shutil

import numpy as np
import pytest

from naeum import values
from naeum.compress.compact import CompactEncoder, Plan, Stay, compacted
from naeum.compress.compact.places import whole
from naeum.compress.export import folder
from naeum.errors import BaseModelError
from naeum.store import Store
from naeum.train.job import Trained

PLAN = Plan((Stay(1, (1,), tuple(range(0, 32, 2))),))
NARROW = Plan(PLAN.stay, (0, 1, 4, 7, 9, 12))


@pytest.fixture(scope="module")
def small(tuned):
    return compacted(tuned, PLAN)


def test_the_whole_plan_answers_as_before(tuned, parts):
    same = compacted(tuned, whole(tuned.network.encoder))
    np.testing.assert_array_equal(same.predict(parts.tune.rows).scores, tuned.predict(parts.tune.rows).scores)
    np.testing.assert_array_equal(same.features(parts.tune.rows), tuned.features(parts.tune.rows))


def test_it_comes_back_without_its_base(small, parts, tmp_path):
    Store(tmp_path / "store", {"compact": CompactEncoder}).save("one", small)
    back = Store(tmp_path / "store", {"compact": CompactEncoder}).load("one")
    np.testing.assert_array_equal(back.predict(parts.tune.rows).scores, small.predict(parts.tune.rows).scores)
    assert back.base.folder == tmp_path / "store" / "one"
    assert back.plan == PLAN
    assert back.base.name == small.base.name


def test_a_base_that_is_gone_before_storing_is_told(tuned, tmp_path):
    import dataclasses

    shutil.copytree(tuned.base.folder, tmp_path / "base")
    gone = dataclasses.replace(
        compacted(tuned, PLAN), base=dataclasses.replace(tuned.base, folder=tmp_path / "base", name="mine")
    )
    shutil.rmtree(tmp_path / "base")
    with pytest.raises(BaseModelError, match=r"the base model mine must be there .* has no config.json; bring it back"):
        gone.state()


def test_a_compact_one_is_cut_again_by_numbers_of_its_own(small, parts):
    again = compacted(small, Plan((Stay(0, (0,), (0, 5)),)))
    assert again.plan == Plan((Stay(1, (1,), (0, 10)),))
    assert np.isfinite(again.predict(parts.tune.rows).scores).all()


def test_a_narrower_one_comes_back_and_is_cut_again(tuned, parts, tmp_path):
    narrow = compacted(tuned, NARROW)
    assert narrow.network.head.in_features == narrow.network.encoder.config.hidden_size == len(NARROW.width)
    Store(tmp_path / "store", {"compact": CompactEncoder}).save("one", narrow)
    back = Store(tmp_path / "store", {"compact": CompactEncoder}).load("one")
    np.testing.assert_array_equal(back.predict(parts.tune.rows).scores, narrow.predict(parts.tune.rows).scores)
    assert back.plan == NARROW
    again = compacted(back, Plan((Stay(0, (0,), (0, 5)),), (0, 2)))
    assert again.plan == Plan((Stay(1, (1,), (0, 10)),), NARROW.width[0:3:2])
    assert np.isfinite(again.predict(parts.tune.rows).scores).all()


@pytest.mark.parametrize("plan", [PLAN, NARROW])
def test_it_is_exported(tuned, parts, tmp_path, plan):
    card = folder.export(compacted(tuned, plan), tmp_path / "model", parts.tune.rows)
    assert card["model"]["kind"] == "graph"


def test_training_adds_to_its_history(small):
    found = Trained(({"step": 3.0, "loss": 1.0},), 0.5, 1.0, True)
    twice = small.trained(small.network, found).trained(small.network, found)
    assert [moment["step"] for moment in twice.history] == [3.0, 6.0]
    assert twice.best_epochs == 0.5
    assert compacted(twice, Plan((Stay(0, (0,), (0,)),))).history == twice.history


def test_its_recipe_is_what_its_fit_decided(small, tuned):
    import dataclasses

    from naeum.model.text.finetuned import FineTuned

    learner = FineTuned(patience=3)
    assert small.decided(learner).patience == 0
    decided = dataclasses.replace(small, recipe=values.to_json(FineTuned(max_length=77)))
    assert decided.decided(learner).max_length == 77
