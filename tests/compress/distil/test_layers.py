"""Does a student of some of its teacher's layers start as these, learn what is asked and answer like its teacher?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum import registry, values
from naeum.compress.compact import places
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.layers import Layers, encoder_in, moving_alone
from naeum.compress.distil.lesson import More
from naeum.compress.distil.soft import Soft
from naeum.contract import Task
from naeum.engine import sessions
from naeum.errors import BaseModelError, InputError
from naeum.model.around.blend import Blend
from naeum.model.claims import claims
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.tuning import Full
from naeum.store import Store
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean, world
from naeum.train.recipe import Optimization

torch = pytest.importorskip("torch")
BRISK = Optimization(epochs=12.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)
SHORT = replace(BRISK, epochs=1.0)
# Of the teacher: at lower rates, or where words stand still, so small an encoder learns nothing from so few rows.
SURE = replace(BRISK, epochs=30.0, learning_rate=5e-3)


@pytest.fixture(scope="module")
def given():
    return korean.parts(36)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    base = tiny_encoder(tmp_path_factory.mktemp("encoder"))
    return FineTuned(base=base, tuning=Full(embeddings=True), optimization=SURE, max_length=32)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return TinyRun(tmp_path_factory.mktemp("run"))


def test_which_layers_are_taken_and_followed():
    assert [Layers(2, which).taken(6) for which in ("uniform", "first", "last", "ends")] == [
        (2, 5), (0, 1), (4, 5), (0, 5),
    ]  # fmt: skip
    assert Layers(4, "first", follows="uniform").followed(12) == (2, 5, 8, 11)
    assert Layers(4, follows="last").followed(12) == (8, 9, 10, 11)


def test_a_student_answers_like_its_teacher_with_half_its_layers(given, whole, kept):
    learner = Distilled(whole, Layers(1, optimization=BRISK, inside=Inside(("hidden", "cosine"))), Soft(alpha=1.0))
    student, teacher = kept.fit(learner, given), kept.fit(whole, given)
    assert (len(places(student.inner.network.encoder)), len(places(teacher.network.encoder))) == (1, 2)
    told, said = (one.predict(given.tune.rows).probabilities for one in (teacher, student))
    assert told.max(axis=1).mean() > 0.5, "a teacher that says nothing is easily followed"
    assert np.abs(told - said).mean() < 0.15
    decided = student.decided(learner)
    assert decided.student.patience == 0 and decided.teacher.patience == 0
    assert decided.student.optimization.course.stop_after > 0


@pytest.mark.parametrize(
    "inside",
    [
        Inside(()),
        Inside(("attention", "embedding", "hidden"), epochs=1.0),
        Inside(("patient", "contrast")),
        Inside(("hidden",), epochs=1.0, layer_by_layer=True),
    ],
)
def test_every_way_is_taught_stored_and_read_back(given, whole, kept, inside, tmp_path):
    learner = Distilled(whole, Layers(2, optimization=SHORT, inside=inside), more=More(made=0.5))
    assert values.from_json(values.to_json(learner), registry.values()) == learner
    student = kept.fit(learner, given)
    store = Store(tmp_path, registry.predictors())
    store.save("one", student)
    np.testing.assert_allclose(
        store.load("one").predict(given.tune.rows).scores, student.predict(given.tune.rows).scores, atol=1e-5
    )
    assert not any(part._forward_hooks for part in student.inner.network.modules())


def test_a_stage_before_brings_the_inside_nearer(given, whole, kept):
    def last(predictor):
        return predictor.features(given.tune.rows)

    still = replace(SHORT, epochs=0.01, learning_rate=1e-9)  # the answers are not learned
    teacher = kept.fit(whole, given)
    plain = kept.fit(Distilled(whole, Layers(1, "first", optimization=still, inside=Inside(()))), given)
    nearer = Inside(("hidden",), epochs=8.0)
    faster = replace(still, learning_rate=2e-3)
    learner = Distilled(whole, Layers(1, "first", optimization=faster, inside=nearer))
    away = [np.abs(last(one.inner) - last(teacher)).mean() for one in (plain, kept.fit(learner, given))]
    assert away[1] < 0.8 * away[0]


def test_a_general_stage_follows_the_base_model_from_its_own_weights(given, whole, kept):
    teacher = kept.fit(whole, given)
    base = sessions.load(teacher.base)
    inside = Inside(("hidden", "attention", "embedding"), epochs=1.0, general=6.0)
    learner = Layers(1, "last", optimization=replace(SHORT, learning_rate=1e-9), inside=inside)
    begun = learner.begun(teacher)
    job = begun.job(given, kept)
    begun.inside(job, kept)
    started = places(base)[1].up.weight  # so low a rate moves nothing
    np.testing.assert_allclose(places(job.module.encoder)[0].up.weight.detach(), started.detach(), atol=1e-6)
    assert not np.allclose(places(teacher.network.encoder)[1].up.weight.detach(), started.detach(), atol=1e-4)

    def away(epochs):
        quick = replace(
            learner, optimization=replace(SHORT, learning_rate=2e-3), inside=replace(inside, general=epochs)
        )
        made = quick.begun(teacher)
        task = made.job(given, kept)
        made._general(task, TinyRun(kept.scratch / str(epochs)))
        ids, mask = torch.tensor([[2, 5, 6, 7, 3]]), torch.ones(1, 5, dtype=torch.long)
        with torch.no_grad():
            states = [one(input_ids=ids, attention_mask=mask).last_hidden_state for one in (task.module.encoder, base)]
        return float((states[0] - states[1]).abs().mean())

    assert away(20.0) < 0.8 * away(0.01)


def test_a_general_stage_needs_losses_and_the_base(given, whole, kept, tmp_path):
    with pytest.raises(
        InputError, match="a general stage must have losses to learn by, as it reads no answers; got none"
    ):
        Inside((), general=1.0)
    teacher = kept.fit(whole, given)
    gone = replace(teacher, base=replace(teacher.base, folder=tmp_path))
    begun = Layers(1, inside=Inside(("hidden",), general=1.0)).begun(teacher)
    with pytest.raises(BaseModelError, match="the weights of a base model must fit its config"):
        replace(begun, teacher=gone)._general(begun.job(given, kept), kept)


def test_an_encoder_in_a_blend_is_found_and_the_blend_is_what_is_learned(given, whole, kept):
    several = Blend((TfidfLogistic(words=(1, 1), chars=(1, 2)), whole), how="mean")
    assert encoder_in(kept.fit(several, given)) is not None
    assert encoder_in(kept.fit(TfidfLogistic(), given)) is None
    assert claims(Distilled(several, Layers(1)), given.fit.task)
    assert not claims(Distilled(TfidfLogistic(), Layers(1)), given.fit.task)
    assert not claims(Distilled(whole, Layers(1)), Task(("words",), kinds=("words",), output="tags"))


def test_numbers_are_learned_in_standard_deviations(whole, tmp_path):
    numbers, run = world("numbers").parts(36), TinyRun(tmp_path)
    learner = Distilled(whole, Layers(1, optimization=SURE, inside=Inside(())), Soft(alpha=0.5))
    student, teacher = run.fit(learner, numbers), run.fit(whole, numbers)
    told, said = (one.predict(numbers.tune.rows).scores for one in (teacher, student))
    spread = np.std(numbers.fit.truth.to_numpy())  # the head began in these units
    assert np.abs(told - told.mean()).mean() > 0.5 * spread
    assert np.abs(told - said).mean() < 0.25 * spread


def test_only_what_is_named_moves_in_a_block(given, whole, kept):
    network = kept.fit(whole, given).network
    before = [weight.requires_grad for weight in network.parameters()]
    for weight in network.parameters():
        weight.requires_grad_(True)
    with moving_alone(network, ("head.",)):
        moving = {name for name, weight in network.named_parameters() if weight.requires_grad}
        assert moving == {"head.weight", "head.bias"}
    assert all(weight.requires_grad for weight in network.parameters())
    for weight, moved in zip(network.parameters(), before, strict=True):
        weight.requires_grad_(moved)


def test_what_cannot_be_is_refused(given, whole, kept):
    with pytest.raises(InputError, match="which must be one of uniform, first, last, ends; got 'all'"):
        Layers(which="all")
    with pytest.raises(InputError, match=r"count must be at least 1, dropout in .* got 0, 0.1 and 8"):
        Layers(0)
    with pytest.raises(InputError, match="at most the 2 layers of its teacher; got 3; give fewer"):
        Layers(3).begun(kept.fit(whole, given))
    with pytest.raises(InputError, match="must have a fine-tuned encoder as its teacher, or in it; got 'linear'"):
        Layers(1).begun(kept.fit(TfidfLogistic(), given))
