"""Does a student with bottlenecks learn its teacher layer by layer, answer alike, come back and leave as ONNX?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum import registry, values
from naeum.compress.compact.operations import operations
from naeum.compress.compact.places import places
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.narrow import Bottleneck
from naeum.compress.export import folder
from naeum.compress.prune.pruned import Pruned
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.tuning import Full
from naeum.store import Store
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean
from naeum.train.recipe import Optimization

pytest.importorskip("torch")
BRISK = Optimization(epochs=12.0, learning_rate=4e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="module")
def given():
    return korean.parts(36)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return TinyRun(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    base = tiny_encoder(tmp_path_factory.mktemp("encoder"))
    sure = replace(BRISK, epochs=30.0, learning_rate=5e-3)  # so that its answers are none that anyone would give
    return FineTuned(base=base, tuning=Full(embeddings=True), optimization=sure, max_length=32)


@pytest.fixture(scope="module")
def learner(whole):
    inside = Inside(("hidden", "attention"), epochs=4.0, layer_by_layer=True)
    return Distilled(whole, Bottleneck(0.5, inside=inside, optimization=BRISK))


@pytest.fixture(scope="module")
def student(learner, given, kept):
    return kept.fit(learner, given)


def test_it_has_every_layer_in_fewer_columns_and_answers_like_its_teacher(student, learner, whole, given, kept):
    teacher = kept.fit(whole, given)
    found = places(student.inner.network.encoder)
    assert len(found) == len(places(teacher.network.encoder))
    assert {one.width for one in found} == {8} == {len(student.inner.plan.inner)}
    assert operations(student.inner.network.encoder, [8]) < operations(teacher.network.encoder, [8])
    told, said = (one.predict(given.tune.rows).probabilities for one in (teacher, student))
    assert told.max(axis=1).mean() > 0.5
    assert np.abs(told - said).mean() < 0.2
    decided = student.decided(learner)
    assert decided.student.patience == 0 and values.from_json(values.to_json(learner), registry.values()) == learner


def test_it_comes_back_and_is_exported(student, given, tmp_path):
    store = Store(tmp_path / "store", registry.predictors())
    store.save("one", student)
    back = store.load("one")
    np.testing.assert_allclose(back.predict(given.tune.rows).scores, student.predict(given.tune.rows).scores, atol=1e-5)
    card = folder.export(back, tmp_path / "model", given.tune.rows)
    assert card["model"]["kind"] == "graph" and card["parity"]["largest"] <= 1e-4


def test_the_layers_learn_one_after_the_other(learner, given, kept):
    begun = learner.student.begun(kept.fit(learner.teacher, given))
    job = begun.job(given, kept)
    start = {name: value.clone() for name, value in job.module.state_dict().items()}
    begun.inside(job, kept)
    moved = {name for name, value in job.module.state_dict().items() if not bool((value == start[name]).all())}
    assert any(".layer.0.into." in name for name in moved) and any(".layer.1.inner." in name for name in moved)
    assert not any("embeddings" in name or name.startswith("head") for name in moved)


def test_heads_and_neurons_of_it_go_further(learner, given, kept):
    cut = Pruned(learner, share=0.7, steps=1, optimization=replace(BRISK, epochs=1.0))
    found = kept.fit(cut, given)
    assert len(found.plan.inner) == 8 and np.isfinite(found.predict(given.tune.rows).scores).all()
    with pytest.raises(InputError, match="must have no bottlenecks to lose columns of its states"):
        kept.fit(replace(cut, what="width"), given)


def test_columns_are_a_share_in_eights_and_fewer_than_all():
    assert [Bottleneck(share).columns(384) for share in (0.2, 1 / 3, 0.5)] == [80, 128, 192]
    assert Bottleneck(0.9).columns(8) == 7


def test_what_cannot_be_is_refused(given, kept):
    with pytest.raises(InputError, match=r"share must be above 0 and below 1, dropout in .* got 1.5, 0.1 and 8"):
        Bottleneck(1.5)
    with pytest.raises(InputError, match="a student with bottlenecks must have a fine-tuned encoder as its teacher"):
        Bottleneck().begun(kept.fit(TfidfLogistic(), given))
    assert not claims(Distilled(TfidfLogistic(), Bottleneck()), given.fit.task)
