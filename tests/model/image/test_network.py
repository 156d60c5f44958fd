"""Does the network of images learn, stop and go on, and write down what it decided?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts, Policy, Task
from naeum.errors import InputError
from naeum.model.image.changes import Changes
from naeum.model.image.network import Descent, ImageNetwork, TrainedOnImages
from naeum.model.image.residual import Residual
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import images as world
from naeum.train import cost, loop

torch = pytest.importorskip("torch")
TINY = ImageNetwork(
    network=Residual(width=8, stages=2), optimization=Descent(epochs=4.0, learning_rate=0.05, batch_size=8), size=16
)


def fitted(learner, tmp_path, given=None, **run):
    return learner.fit(given or world.parts(24), TinyRun(tmp_path, **run))


@pytest.mark.parametrize(
    "changes",
    [Changes(mixup=0.5), Changes(cutmix=1.0, colour=0.2, operations=2), Changes(shift=0.0, flip=False, cutout=0.0)],
)
def test_changes_of_every_kind_train(tmp_path, changes):
    found = fitted(replace(TINY, changes=changes), tmp_path)
    assert np.isfinite([moment["loss"] for moment in found.history if "loss" in moment]).all()


def test_numbers_are_answered_in_their_own_units(tmp_path):
    task = Task(world.TASK.inputs, "크기", (), "mae", "number", kinds=("image",))

    def of(data):
        truth = pa.chunked_array([[1000.0 + 10 * code for code in data.target.tolist()]], pa.float64())
        return replace(data, task=task, target=np.zeros(len(data), np.int64), truth=truth)

    given = world.parts(24)
    found = fitted(TINY, tmp_path, Parts(of(given.fit), of(given.tune)))
    scores = found.predict(pa.concat_tables([given.tune.rows, pa.table({"사진": pa.array([b""], pa.binary())})])).scores
    assert scores.min() > 950 and scores.max() < 1080


def test_weights_come_back_with_the_statistics_of_the_norms(tmp_path):
    found = fitted(TINY, tmp_path)
    state = found.state()
    assert any(name.endswith("running_mean") for name in state.arrays) and state.arrays["floor"].shape == (3,)
    back = TrainedOnImages.restore(found.task, state)
    rows = world.make(5, seed=9).rows
    assert np.array_equal(back.predict(rows).scores, found.predict(rows).scores)


def test_a_training_that_was_killed_ends_as_if_it_had_not_been(tmp_path, monkeypatch):
    learner = replace(TINY, patience=0)
    whole = fitted(learner, tmp_path / "whole")
    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", 0.0)
    monkeypatch.setattr(loop, "CHECKPOINT_SHARE", 0)
    run = TinyRun(tmp_path / "killed")
    steps = iter(range(5))
    step = loop.Stepper.step

    def killed(self, *given, **named):
        if next(steps, None) is None:
            raise KeyboardInterrupt("killed here")
        return step(self, *given, **named)

    monkeypatch.setattr(loop.Stepper, "step", killed)
    with pytest.raises(KeyboardInterrupt, match="killed here"):
        learner.fit(world.parts(24), run)
    monkeypatch.setattr(loop.Stepper, "step", step)
    again = learner.fit(world.parts(24), run)
    rows = world.make(5, seed=9).rows
    assert np.allclose(again.predict(rows).scores, whole.predict(rows).scores, atol=1e-5)


def test_features_are_what_the_head_reads(tmp_path):
    found = fitted(TINY, tmp_path)
    rows = world.make(4).rows
    with torch.inference_mode():
        scores = found.trained.head(torch.as_tensor(found.features(rows))).numpy()
    assert np.allclose(scores, found.predict(rows).scores, atol=1e-5)


def test_what_tune_decided_is_written_down(tmp_path):
    found = fitted(TINY, tmp_path)
    decided = found.decided(TINY)
    assert decided.patience == 0 and decided.optimization.course.stop_after == found.best_epochs > 0
    assert found.decided(decided) == decided


def test_its_cost_is_measured_and_foretold(tmp_path):
    seconds = cost.estimate(TINY, world.parts(24), TinyRun(tmp_path))
    assert 0 < seconds < 60
    assert TINY.nominal(200, 0.0, Policy()) == pytest.approx(2 * TINY.nominal(100, 0.0, Policy()))


def test_bfloat16_trains_and_answers_in_single_precision(tmp_path):
    found = fitted(TINY, tmp_path, policy=Policy(dtype="bfloat16", threads=1))
    scores = found.predict(world.make(4).rows).scores
    assert scores.dtype == np.float32 and np.isfinite(scores).all()


def test_a_size_too_small_for_the_stages_is_refused():
    with pytest.raises(InputError, match="size must be at least 16 for 3 stages and patience at least 0; got 8 and 40"):
        ImageNetwork(size=8)


def test_mirror_images_are_answered_alike(tmp_path):
    given = world.parts(12)
    learner = ImageNetwork(Residual(width=8, stages=2), Descent(epochs=1.0, batch_size=8), size=16, flips=True)
    fitted = learner.fit(given, TinyRun(tmp_path))
    once = replace(fitted, learner=replace(learner, flips=False))
    rows = given.tune.rows
    turned = pa.table({rows.column_names[0]: [_turned(one) for one in rows.column(0).to_pylist()]})
    assert fitted.predict(turned).scores == pytest.approx(fitted.predict(rows).scores, abs=1e-4)
    mean = 0.5 * (once.predict(rows).scores + once.predict(turned).scores)
    assert fitted.predict(rows).scores == pytest.approx(mean, abs=1e-4)


def _turned(data):
    import io

    from PIL import Image, ImageOps

    out = io.BytesIO()
    ImageOps.mirror(Image.open(io.BytesIO(data)).convert("RGB")).save(out, "PNG")
    return out.getvalue()
