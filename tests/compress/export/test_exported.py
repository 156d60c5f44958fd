"""Is an exported folder a predictor again, and is a broken one refused?"""

import json
import shutil

import numpy as np
import pytest

from naeum.compress.export import exported as room
from naeum.compress.export import folder
from naeum.compress.export.exported import Exported, OnnxModel
from naeum.compress.export.parity import in_float32
from naeum.compress.quantize.quantized import Quantized
from naeum.errors import InputError
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.store import Store
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)  # as the fixture `tuned`


@pytest.fixture
def own(exported, tmp_path):
    """A copy of the folder to break."""
    return shutil.copytree(exported[0], tmp_path / "own")


def test_a_folder_answers_as_what_it_was_made_from(exported, mixed, parts):
    model = room.opened(exported[0], 1)
    np.testing.assert_allclose(
        model.predict(parts.tune.rows).scores, in_float32(mixed).predict(parts.tune.rows).scores, atol=1e-4
    )
    assert model.task == mixed.task and model.decided(TfidfLogistic()) == TfidfLogistic()


def test_a_folder_lies_in_a_store(exported, parts, tmp_path):
    model = room.opened(exported[0], 1)
    Store(tmp_path, {"onnx": OnnxModel}).save("one", model)
    back = Store(tmp_path, {"onnx": OnnxModel}).load("one")
    assert back.model.folder.is_relative_to(tmp_path)
    np.testing.assert_array_equal(back.predict(parts.tune.rows).scores, model.predict(parts.tune.rows).scores)


def test_the_learner_writes_down_what_its_inner_fit_decided(parts, run):
    learner = Exported(TfidfLogistic(c=0.0))
    fitted = learner.fit(parts, run)
    assert fitted.decided(learner).inner.c > 0
    assert fitted.state().files[folder.CARD].is_file()


def test_a_folder_without_a_card_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"must be a folder with model\.json; .* has none"):
        room.opened(tmp_path)


def test_a_newer_folder_is_refused(own):
    card = json.loads((own / folder.CARD).read_text())
    (own / folder.CARD).write_text(json.dumps({**card, "format": 99}))
    with pytest.raises(InputError, match=r"format 1 or older; .* has 99; update naeum"):
        room.opened(own)


def test_a_folder_that_lacks_a_file_or_points_outside_is_refused(own):
    (own / "part2.npz").unlink()
    with pytest.raises(InputError, match=r"must lie in its folder; .* lacks part2\.npz"):
        room.opened(own)
    text = (own / folder.CARD).read_text()
    (own / folder.CARD).write_text(text.replace("part2.npz", "../part2.npz"))
    (own.parent / "part2.npz").write_bytes(b"x")
    with pytest.raises(InputError, match=r"lacks \.\./part2\.npz"):
        room.opened(own)


def test_a_harmful_graph_is_refused(own):
    (own / "part0.onnx").write_bytes(b"no graph at all")
    with pytest.raises(InputError, match="must be an ONNX file"):
        room.opened(own)


def test_what_is_exported_is_changed_without_a_second_export(base, parts, run, monkeypatch):
    learner = FineTuned(base=base, optimization=BRISK, max_length=32)
    plain = run.fit(Exported(learner), parts)
    monkeypatch.setattr(folder, "export", None)  # it is not called again
    fewer = run.fit(Exported(Exported(learner), words="used", max_loss=1.0), parts)
    eight = run.fit(Quantized(Exported(learner), max_loss=1.0), parts)
    assert fewer.model.card["vocabulary"]["kept"] < fewer.model.card["vocabulary"]["words"]
    assert "eight_bits" in eight.model.card and "eight_bits" not in plain.model.card
    assert eight.decided(Quantized(Exported(learner))).inner.inner.optimization.course.stop_after > 0
    np.testing.assert_array_equal(
        run.fit(Exported(Exported(learner)), parts).predict(parts.tune.rows).scores,
        plain.predict(parts.tune.rows).scores,
    )


def test_what_is_in_eight_bits_is_not_changed_again(base, parts, run):
    learner = Quantized(Exported(FineTuned(base=base, optimization=BRISK, max_length=32)), max_loss=1.0)
    with pytest.raises(InputError, match=r"a model must be in float32 to be brought to fewer bits or words; this one"):
        run.fit(Quantized(learner, max_loss=1.0), parts)
