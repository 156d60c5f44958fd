"""Does a balanced graph say the same, and round better where a column reaches far?"""

import numpy as np
import onnx
import onnxruntime
import pytest

from naeum.compress.export.layers import layers, weight_of
from naeum.compress.quantize import balancing, rounding, sensitivity
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.compress.quantize.ranges import between
from naeum.compress.reading import opening

HALF = Arithmetic(balance=0.5)


@pytest.fixture(scope="module")
def given(plain, parts, tmp_path_factory):
    """A graph whose norms have one column that reaches far: (model, layers, batches, what they see)."""
    place, card = plain
    model = onnx.load(str(place / "part0.onnx"))
    stored = {one.name: one for one in model.graph.initializer}
    norm = next(one for one in model.graph.node if one.op_type == balancing.NORM)
    for name in norm.input[1:]:
        array = onnx.numpy_helper.to_array(stored[name]).copy()
        array[3] = 60.0
        stored[name].CopyFrom(onnx.numpy_helper.from_array(array, name))
    path = tmp_path_factory.mktemp("far") / "far.onnx"
    onnx.save(model, str(path))
    graph = opening.graph(place, card["model"], opening.Wanted("label", 3, 1))
    batches = [batch for _, batch in graph.batches([[text] for text in parts.fit.rows["text"].to_pylist()])]
    return model, layers(model), batches, sensitivity.activations(path, layers(model), batches)


def scores(model, batch):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, batch)[0]


def noise(model, found, seen, own, batch):
    ends = {name: between(value, "minmax") for name, value in seen.items()}
    linear = [layer for layer in found if not layer.table]
    return np.square(scores(rounding.graph(model, linear, ends, Arithmetic()), batch) - own).mean()


def test_a_balanced_graph_says_the_same_and_rounds_better(given):
    model, found, batches, seen = given
    made, after = balancing.balanced(model, found, seen, "minmax", HALF)
    onnx.checker.check_model(made)
    own = scores(model, batches[0])
    np.testing.assert_allclose(scores(made, batches[0]), own, atol=1e-4)
    assert [layer.name for layer in layers(made)] == [layer.name for layer in found]
    assert noise(made, layers(made), after, own, batches[0]) < 0.5 * noise(model, found, seen, own, batches[0])


def test_what_layers_then_see_is_what_they_are_told(given, tmp_path):
    model, found, batches, seen = given
    made, after = balancing.balanced(model, found, seen, "minmax", HALF)
    onnx.save(made, str(tmp_path / "made.onnx"))
    looked = sensitivity.activations(tmp_path / "made.onnx", layers(made), batches)
    for name, value in looked.items():
        np.testing.assert_allclose(value, after[name], atol=1e-3, rtol=1e-3)


def test_nothing_is_moved_where_nothing_is_won(given, monkeypatch):
    model, found, _, seen = given
    monkeypatch.setattr(balancing, "GAIN", 1_000.0)
    made, after = balancing.balanced(model, found, seen, "minmax", HALF)
    assert after == dict(seen) and [one.name for one in made.graph.node] == [one.name for one in model.graph.node]


def test_a_norm_that_layers_alone_read_takes_the_division():
    """Norms before their layers, as in the graphs of newer encoders: no node is added."""
    rng = np.random.default_rng(0)
    weight, scale = rng.normal(size=(8, 4)).astype(np.float32), np.ones(8, np.float32)
    scale[2] = 90.0
    helper = onnx.helper
    nodes = [
        helper.make_node("LayerNormalization", ["x", "scale", "bias"], ["normed"], name="norm"),
        helper.make_node("MatMul", ["normed", "weight"], ["product"], name="linear"),
        helper.make_node("ReduceSum", ["product", "axes"], ["pooled"], name="pool", keepdims=0),
        helper.make_node("MatMul", ["pooled", "head"], ["scores"], name="head"),
    ]
    arrays = {"scale": scale, "bias": np.zeros(8, np.float32), "weight": weight, "axes": np.array([1])}
    arrays["head"] = rng.normal(size=(4, 2)).astype(np.float32)
    graph = helper.make_graph(
        nodes, "g", [helper.make_tensor_value_info("x", 1, [None, None, 8])],
        [helper.make_tensor_value_info("scores", 1, [None, 2])],
        [onnx.numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)])
    model.ir_version = 9
    found = layers(model)
    x = rng.normal(size=(5, 6, 8)).astype(np.float32)
    normed = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * scale
    seen = {"normed": normed.reshape(-1, 8)}
    made, after = balancing.balanced(model, found, seen, "minmax", HALF)
    assert [node.op_type for node in made.graph.node] == [node.op_type for node in model.graph.node]
    assert np.abs(after["normed"]).max() < 0.3 * np.abs(normed).max()
    told = weight_of(made, layers(made)[0])
    np.testing.assert_allclose(after["normed"] @ told, seen["normed"] @ weight, atol=1e-3)
    np.testing.assert_allclose(scores(made, {"x": x}), scores(model, {"x": x}), atol=1e-3)
