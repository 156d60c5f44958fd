"""Does a graph in other numbers compute what these numbers say?"""

from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest

from naeum.compress.export.layers import weight_of
from naeum.compress.export.safety import check
from naeum.compress.quantize import rounding, sensitivity
from naeum.compress.quantize.arithmetic import GROUPS, WEIGHTS, Arithmetic, weights_alone
from naeum.compress.reading import opening


@pytest.fixture(scope="module")
def given(opened):
    """(model, its layers, a batch, ends of activations)."""
    return opened.model, opened.layers, opened.batches[0], opened.ends


def scores(model, batch):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, batch)[0]


def written_back(model, found, arithmetic):
    """The graph in float32 whose weights are what these numbers say."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    for layer in found:
        array = rounding.back(weight_of(model, layer), layer.table, arithmetic)
        tensor = next(one for one in copy.graph.initializer if one.name == layer.weight)
        tensor.CopyFrom(onnx.numpy_helper.from_array(array, layer.weight))
    return copy


ALONE = [weights_alone(name) for name in WEIGHTS]
ALONE += [Arithmetic(name, "float32", grain) for name in ("int8", "int4", "nf4") for grain in GROUPS]
ALONE += [Arithmetic("int8", "float32", "tensor"), Arithmetic("int4", "float32", "32", symmetric=True)]


@pytest.mark.parametrize("arithmetic", ALONE, ids=lambda one: f"{one.weights}-{one.grain}-{one.symmetric}")
def test_weights_alone_say_what_they_say_read_back(given, arithmetic):
    model, found, batch, _ = given
    made = rounding.graph(model, found, None, arithmetic)
    np.testing.assert_allclose(scores(made, batch), scores(written_back(model, found, arithmetic), batch), atol=2e-5)
    assert np.abs(scores(made, batch) - scores(model, batch)).max() > 0


@pytest.mark.parametrize("weights", ["int8", "int4", "nf4", "float16"])
def test_the_graph_is_smaller_and_harmless(given, tmp_path, weights):
    model, found, _, _ = given
    made = rounding.graph(model, found, None, weights_alone(weights))
    own = sum(len(one.raw_data) for one in model.graph.initializer if one.name in {layer.weight for layer in found})
    left = sum(len(one.raw_data) for one in made.graph.initializer if "/" in one.name)
    assert left < own * {"int8": 0.32, "int4": 0.32, "nf4": 0.32, "float16": 0.51}[weights]
    onnx.save(made, str(tmp_path / "small.onnx"))
    check(tmp_path / "small.onnx")


@pytest.mark.parametrize("arithmetic", [Arithmetic(grain="tensor"), Arithmetic(symmetric=True)])
def test_other_steps_of_eight_bits_are_near(given, arithmetic):
    model, found, batch, ends = given
    own = scores(model, batch)
    told = scores(rounding.graph(model, found, ends, arithmetic), batch)
    assert 0 < np.abs(told - own).max() < 0.2 * np.abs(own).max()
    assert np.abs(told - scores(rounding.graph(model, found, ends, Arithmetic()), batch)).max() > 0


def test_a_step_for_each_column_is_nearer_than_one_for_all(given):
    model, found, _, _ = given
    weight = weight_of(model, found[1]).copy()
    weight[:, 0] *= 50
    errors = [
        np.square(rounding.back(weight, False, Arithmetic(grain=grain))[:, 1:] - weight[:, 1:]).mean()
        for grain in ("tensor", "channel")
    ]
    assert errors[1] < errors[0] / 10


def test_what_is_dearer_costs_more_decibels(given, plain, parts):
    model, found, _, _ = given
    place, card = plain
    graph = opening.graph(place, card["model"], opening.Wanted("label", 3, 1))
    batches = [batch for _, batch in graph.batches([[text] for text in parts.fit.rows["text"].to_pylist()])]
    seen = sensitivity.activations(place / "part0.onnx", found, batches)
    eight, four = (
        sensitivity.costs(model, found, seen, "minmax", replace(weights_alone(name))) for name in ("int8", "int4")
    )
    assert four[0].decibels < eight[0].decibels - 10
