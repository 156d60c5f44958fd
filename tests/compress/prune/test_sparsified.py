"""Does an encoder lose its share of weights, learn again, and is it stored in less?"""

import dataclasses

import numpy as np
import pytest

from naeum.compress.compact import Plan, Stay, compacted
from naeum.compress.export import folder
from naeum.compress.prune import masks
from naeum.compress.prune.sparsified import SparseEncoder, Sparsified
from naeum.errors import InputError
from naeum.measure.cost import size_mb
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.store import Store
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="module")
def learner(base):
    # as the fixture `tuned` of the room, so that it is fitted once
    return Sparsified(FineTuned(base=base, optimization=BRISK, max_length=32), share=0.2, steps=2, optimization=BRISK)


@pytest.fixture(scope="module")
def thin(learner, parts, run):
    return run.fit(learner, parts)


def stays(fitted):
    found = masks.weights(fitted.network.encoder).values()
    return sum(int((one != 0).sum()) for one in found) / sum(one.numel() for one in found)


def test_its_share_of_weights_stays(thin, tuned):
    assert stays(thin) == pytest.approx(0.2, abs=0.01)
    assert stays(tuned) == pytest.approx(1.0, abs=0.01)
    assert [stage["stays"] for stage in thin.stages] == pytest.approx([0.3, 0.2], abs=0.01)


def test_it_is_stored_in_less_and_comes_back_exactly(thin, tuned, parts, tmp_path):
    kinds = {"sparse_encoder": SparseEncoder}
    Store(tmp_path, kinds).save("one", thin)
    back = Store(tmp_path, kinds).load("one")
    np.testing.assert_array_equal(back.predict(parts.tune.rows).scores, thin.predict(parts.tune.rows).scores)
    assert back.stages[-1]["bytes"] == thin.stages[-1]["bytes"]
    assert any("@" in name for name in thin.state().arrays)
    assert thin.stages[-1]["bytes"]["stored"] < 0.5 * thin.stages[-1]["bytes"]["dense"]
    assert size_mb(thin) < size_mb(tuned)
    assert "not faster" in thin.stages[-1]["said"]


def test_it_is_exported(thin, parts, tmp_path):
    assert folder.export(thin, tmp_path / "model", parts.tune.rows)["model"]["kind"] == "graph"


def test_its_recipe_fits_without_tune(thin, learner):
    decided = thin.decided(learner)
    assert decided.inner.patience == 0
    assert dataclasses.replace(decided, inner=learner.inner) == learner


@pytest.mark.parametrize(
    "more",
    [{"how": "movement"}, {"where": "layer"}, {"pattern": "2:4"}, {"rewind": True}],
    ids=lambda one: next(iter(one)),
)
def test_every_way_leaves_its_share(learner, parts, run, more):
    found = run.fit(dataclasses.replace(learner, steps=1, **more), parts)
    assert stays(found) == pytest.approx(0.5 if "pattern" in more else 0.2, abs=0.01)
    assert np.isfinite(found.predict(parts.tune.rows).scores).all()


def test_two_of_four_weights_are_zero_in_every_group(learner, parts, run):
    found = run.fit(dataclasses.replace(learner, steps=1, pattern="2:4"), parts)
    for weight in masks.weights(found.network.encoder).values():
        groups = weight.detach().numpy().reshape(len(weight), -1, 4)
        assert ((groups != 0).sum(axis=2) <= 2).all()


def test_what_was_cut_smaller_is_refused(learner, tuned, parts, run, monkeypatch):
    small = compacted(tuned, Plan((Stay(0, (0,), (0, 1)),)))
    monkeypatch.setitem(run.fitted, run.key(learner.inner, parts), small)
    with pytest.raises(InputError, match="must have the shape of its base to lose single weights; the compact was cut"):
        learner.fit(parts, run)


def test_what_is_no_encoder_is_refused(parts, run):
    with pytest.raises(
        InputError, match="what is pruned must be a fine-tuned encoder; the majority gives a prior; put"
    ):
        run.fit(Sparsified(Majority()), parts)


@pytest.mark.parametrize("wrong", [{"share": 1.0}, {"share": 0.0}, {"steps": 0}])
def test_settings_out_of_bounds_are_refused(wrong):
    with pytest.raises(InputError, match="share must be above 0 and below 1, and steps at least 1"):
        Sparsified(**wrong)


@pytest.mark.parametrize("name", ["how", "where", "pattern"])
def test_unknown_settings_are_refused(name):
    with pytest.raises(InputError, match=f"{name} must be one of"):
        Sparsified(**{name: "guess"})
