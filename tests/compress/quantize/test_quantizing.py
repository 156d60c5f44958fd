"""Does an exported folder come to eight bits within the loss that is allowed, and say what that cost?"""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.export import folder, parity, safety
from naeum.compress.quantize import quantizing
from naeum.compress.quantize.quantizing import Settings, quantize
from naeum.compress.reading import reader
from naeum.contract import subset
from naeum.errors import InputError, ParityError
from naeum.model.floor import Majority


@pytest.fixture
def own(plain, tmp_path):
    """A copy of the folder, and its card."""
    return shutil.copytree(plain[0], tmp_path / "own"), plain[1]


def test_graphs_come_to_eight_bits_and_the_old_ones_go(own, parts):
    place, card = own
    before = reader.Model(place, 1).scores(parity.cells(parts.tune.rows, ("text",)))
    found = quantize(place, card, parts.fit, parts.tune, Settings("percentile", 1.0, None))
    folder.describe(place, found)
    assert found["model"]["file"] == "part0.int8.onnx" and not (place / "part0.onnx").exists()
    safety.check(place / "part0.int8.onnx")
    after = reader.Model(place, 1).scores(parity.cells(parts.tune.rows, ("text",)))
    assert 0 < np.abs(before - after).max() < 0.5
    told = found["eight_bits"]
    assert told["kept"] == () and told["size_mb"][1] < told["size_mb"][0]
    assert told["measured"]["rows"] == len(parts.tune)
    assert sum(one["share"] for one in told["noise"]) == pytest.approx(1)
    assert found["loss"]["rows"] == len(parts.tune) and found["loss"]["said"] in told["said"]
    assert {one["layer"] for one in found["loss"]["layers"]} <= {one["layer"] for one in told["layers"]} | {""}
    assert "In eight bits (percentile) graphs and vectors have" in told["said"] and "It costs most in" in told["said"]


def test_the_dearest_layers_fall_back_until_the_loss_holds(own, parts, monkeypatch):
    place, card = own
    measure = quantizing._Work._measured
    tried = []

    def hurt(self, new):
        """As if every layer in eight bits but three cost a tenth of the score."""
        found = measure(self, new)
        tried.append(self.now)
        return replace(found, loss=0.1 if len(self.now) < 3 else 0.0)

    write = quantizing._Work._written
    monkeypatch.setattr(quantizing._Work, "now", (), raising=False)
    monkeypatch.setattr(
        quantizing._Work, "_written", lambda self, kept: (setattr(self, "now", kept), write(self, kept))[1]
    )
    monkeypatch.setattr(quantizing._Work, "_measured", hurt)
    found = quantize(place, card, parts.fit, parts.tune, Settings("minmax", 0.005, None))
    told = found["eight_bits"]
    costs = [one["layer"] for one in told["layers"]]
    assert list(told["kept"]) == costs[:3] and () in tried
    assert not {one["layer"] for one in found["loss"]["layers"]} & set(costs[:3])
    assert f"so 3 of {len(costs)} layers stay in float32: {costs[0]}" in told["said"]


def test_layers_that_are_named_stay_and_nothing_is_looked_at_without_labels(own, parts):
    place, card = own
    none = subset(parts.tune, [], "none")
    kept = ("layer.1.output.dense", "embeddings.word_embeddings")
    found = quantize(place, card, parts.fit, none, Settings("dynamic", 0.0, kept))
    assert found["eight_bits"]["kept"] == kept and found["eight_bits"]["measured"] is None
    assert "instead of" in found["eight_bits"]["said"]


def test_named_layers_that_lose_too_much_are_refused_with_the_dearest(own, parts, monkeypatch):
    place, card = own
    measure = quantizing._Work._measured
    monkeypatch.setattr(quantizing._Work, "_measured", lambda self, new: replace(measure(self, new), loss=0.25))
    with pytest.raises(ParityError, match=r"at most 0\.5 % of its score; it loses 25 %, most in layer\."):
        quantize(place, card, parts.fit, parts.tune, Settings("minmax", 0.005, ()))


def test_an_unknown_layer_is_refused(own, parts):
    with pytest.raises(InputError, match=r"must be one of the model; got 'layer\.9'; its layers are"):
        quantize(*own, parts.fit, parts.tune, Settings("minmax", 0.005, ("layer.9",)))


def test_a_model_without_an_encoder_is_refused(parts, run, tmp_path):
    card = folder.export(Majority().fit(parts, run), tmp_path / "floor", parts.tune.rows)
    with pytest.raises(
        InputError, match="must have an encoder, or vectors of words, to be quantized; this one has none"
    ):
        quantize(tmp_path / "floor", card, parts.fit, parts.tune, Settings("minmax", 0.005, None))


def test_layers_of_several_graphs_are_told_apart(exported, parts, tmp_path):
    place = shutil.copytree(exported[0], tmp_path / "own")
    found = quantize(place, exported[1], parts.fit, parts.tune, Settings("minmax", 1.0, None))
    names = {one["layer"] for one in found["eight_bits"]["layers"]}
    assert {name.partition(":")[0] for name in names} == {"part0.onnx", "part1.onnx"}
    assert set(folder.files(found)) >= {"part0.int8.onnx", "part1.int8.onnx", "part2.npz"}


def test_a_processor_without_the_instructions_is_told_and_it_is_measured_all_the_same(own, parts, monkeypatch):
    monkeypatch.setattr(quantizing.eight_bits, "instructions", lambda: "")
    told = quantize(*own, parts.fit, parts.tune, Settings("percentile", 1.0, None))["eight_bits"]
    assert told["measured"]["rows"] == len(parts.tune) and told["instructions"] == ""
    assert told["said"].endswith(
        "This processor is not known to sum products of bytes in one step: float32 may be as quick here."
    )


def test_calibration_rows_of_another_task_are_refused(own, parts):
    other = replace(parts.fit, task=replace(parts.fit.task, classes=("x", "y")))
    with pytest.raises(InputError, match=r"must be of its own task, label of .*; got label of x, y"):
        quantize(*own, other, parts.tune, Settings("minmax", 0.005, None))
