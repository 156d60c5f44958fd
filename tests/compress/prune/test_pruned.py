"""Does a pruned encoder compute its share, learn again, and write down how?"""

import dataclasses

import numpy as np
import pytest

from naeum import values
from naeum.compress.compact.operations import operations
from naeum.compress.compact.places import places
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.layers import Layers
from naeum.compress.distil.lesson import More
from naeum.compress.export import folder
from naeum.compress.prune.pruned import Pruned, judged
from naeum.contract import subset
from naeum.errors import InputError
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="module")
def learner(base):
    # as the fixture `tuned` of the room, so that it is fitted once
    return Pruned(FineTuned(base=base, optimization=BRISK, max_length=32), share=0.6, steps=2, optimization=BRISK)


@pytest.fixture(scope="module")
def pruned(learner, parts, run):
    return run.fit(learner, parts)


def test_it_computes_its_share(pruned, tuned, work):
    lengths = work.examples.lengths
    before = operations(tuned.network.encoder, lengths)
    assert 0.4 * before < operations(pruned.network.encoder, lengths) <= 0.6 * before
    assert pruned.stages[-1]["operations"] == operations(pruned.network.encoder, lengths)
    assert len(pruned.stages) == 2


def test_its_stages_and_history_are_told(pruned, parts):
    last = pruned.stages[-1]
    assert last["trained"] == pytest.approx(judged(pruned, parts.tune))
    assert last["heads"] == [place.heads for place in places(pruned.network.encoder)]
    steps = [moment["step"] for moment in pruned.history]
    assert steps == sorted(steps)
    assert steps[-1] > 2 * len(parts.fit) / 8


def test_its_recipe_fits_without_tune(pruned, learner, parts, run):
    decided = pruned.decided(learner)
    assert decided.inner.patience == 0
    assert values.key(dataclasses.replace(decided, inner=learner.inner)) == values.key(learner)
    none = subset(parts.tune, [], "none")
    found = run.fit(decided, dataclasses.replace(parts, tune=none))
    assert found.stages[-1]["trained"] is None


@pytest.mark.parametrize("score", ["taylor", "magnitude", "movement"])
def test_every_score_gives_an_encoder_of_that_share(learner, parts, run, score):
    found = run.fit(dataclasses.replace(learner, score=score, steps=1), parts)
    assert np.isfinite(found.predict(parts.tune.rows).scores).all()
    assert found.stages[0]["layers"] == 2


def test_whole_layers_go(learner, parts, run):
    found = run.fit(dataclasses.replace(learner, what="layers", steps=1), parts)
    assert len(found.plan.stay) == 1
    assert found.plan.stay[0].heads == (0, 1)


@pytest.mark.parametrize("what", ["width", "every"])
def test_columns_of_states_go_and_it_is_exported(learner, tuned, work, parts, run, tmp_path, what):
    found = run.fit(dataclasses.replace(learner, what=what, steps=2), parts)
    first = places(found.network.encoder)[0]
    assert found.stages[-1]["width"] == first.width
    before = operations(tuned.network.encoder, work.examples.lengths)
    assert 0.3 * before < found.stages[-1]["operations"] <= 0.6 * before
    if what == "width":
        assert first.width == len(found.plan.width) < found.base.width
    card = folder.export(found, tmp_path / "model", parts.tune.rows)
    assert card["parity"]["largest"] <= 1e-4


def test_without_answers_to_learn_from_it_learns_otherwise(learner, pruned, parts, run):
    found = run.fit(dataclasses.replace(learner, soft=0.0), parts)
    assert not np.allclose(found.predict(parts.tune.rows).scores, pruned.predict(parts.tune.rows).scores)


def test_it_learns_on_made_rows_as_well(learner, parts, run):
    one = dataclasses.replace(learner, steps=1)
    found, more = (run.fit(each, parts) for each in (one, dataclasses.replace(one, more=More(made=1.0))))
    assert more.history[-1]["step"] > 1.4 * found.history[-1]["step"]
    assert more.stages[0]["operations"] == found.stages[0]["operations"]
    assert more.decided(learner).more.made == 1.0


def test_what_is_no_encoder_is_refused(parts, run):
    with pytest.raises(
        InputError, match="what is pruned must be a fine-tuned encoder; the majority gives a prior; put"
    ):
        run.fit(Pruned(Majority()), parts)


@pytest.mark.parametrize("wrong", [{"share": 1.0}, {"share": 0.0}, {"steps": 0}, {"soft": 1.5}])
def test_settings_out_of_bounds_are_refused(wrong):
    with pytest.raises(InputError, match=r"share must be above 0 and below 1, steps at least 1 and soft in \[0, 1\]"):
        Pruned(**wrong)


@pytest.mark.parametrize(
    ("name", "said"), [("what", "what must be one of parts, layers, width, all, every"), ("score", "score must be one")]
)
def test_unknown_settings_are_refused(name, said):
    with pytest.raises(InputError, match=said):
        Pruned(**{name: "guess"})


def test_a_student_is_pruned_further(base, parts, run):
    teacher = FineTuned(base=base, optimization=BRISK, max_length=32)
    student = Distilled(teacher, Layers(1, optimization=BRISK))
    learner = Pruned(student, share=0.6, steps=1, optimization=BRISK)
    found, taught = run.fit(learner, parts), run.fit(student, parts)
    assert len(found.plan.stay) == len(taught.inner.plan.stay) == 1
    assert found.plan.stay[0].layer == taught.inner.plan.stay[0].layer
    decided = found.decided(learner)
    assert decided.inner.teacher == taught.decided(student).teacher
