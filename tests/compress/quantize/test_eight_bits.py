"""Does a graph in eight bits say nearly what it said, in the form that onnxruntime computes in whole numbers?"""

import numpy as np
import onnx
import onnxruntime
import pytest

from naeum.compress.export.layers import layers, weight_of
from naeum.compress.quantize import eight_bits


@pytest.fixture(scope="module")
def given(opened):
    """(model, its layers, a batch, ends of activations)."""
    return opened.model, opened.layers, opened.batches[0], opened.ends


def scores(model, batch):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, batch)[0]


@pytest.mark.parametrize("static", [True, False])
def test_answers_are_near_and_not_the_same(given, static):
    model, found, batch, ends = given
    made = eight_bits.quantized(model, found, ends if static else None)
    onnx.checker.check_model(made)
    own, told = scores(model, batch), scores(made, batch)
    assert 0 < np.abs(own - told).max() < 0.1 * np.abs(own).max()


def test_no_layer_changed_is_the_same_graph(given):
    model, _, batch, ends = given
    np.testing.assert_array_equal(scores(eight_bits.quantized(model, [], ends), batch), scores(model, batch))


def test_weights_lie_in_bytes_and_the_old_ones_are_gone(given):
    model, found, _, ends = given
    made = eight_bits.quantized(model, found, ends)
    names = {one.name: one for one in made.graph.initializer}
    for layer in found:
        assert layer.weight not in names
        stored = names[f"{layer.weight}/bytes"]
        assert stored.data_type == onnx.TensorProto.INT8
        assert 4 * len(stored.raw_data) == weight_of(model, layer).nbytes


def test_queries_keys_and_values_share_their_rounded_input(given):
    model, found, _, ends = given
    made = eight_bits.quantized(model, [layer for layer in found if "attention.self" in layer.name], ends)
    assert sum(node.op_type == "QuantizeLinear" for node in made.graph.node) == 2  # one in each of two layers


def test_products_of_whole_numbers_are_what_onnxruntime_runs(given, tmp_path):
    model, found, _, ends = given
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimized.onnx")
    made = eight_bits.quantized(model, found, ends)
    onnxruntime.InferenceSession(made.SerializeToString(), options, providers=["CPUExecutionProvider"])
    ran = [node.op_type for node in onnx.load(str(tmp_path / "optimized.onnx")).graph.node]
    whole = [name for name in ran if name in ("MatMulIntegerToFloat", "QLinearMatMul", "DynamicQuantizeMatMul")]
    assert len(whole) == sum(not layer.table for layer in found)


def test_a_gemm_keeps_its_bias():
    helper, numpy_helper = onnx.helper, onnx.numpy_helper
    weight = np.random.default_rng(0).normal(size=(8, 4)).astype(np.float32)
    arrays = [numpy_helper.from_array(weight, "w"), numpy_helper.from_array(np.arange(4, dtype=np.float32), "b")]
    nodes = [helper.make_node("Gemm", ["x", "w", "b"], ["h"], name="gemm"), helper.make_node("Relu", ["h"], ["r"]),
             helper.make_node("Identity", ["r"], ["scores"])]  # fmt: skip
    value = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", n]) for name, n in (("x", 8), ("scores", 4))
    ]
    model = helper.make_model(helper.make_graph(nodes, "g", value[:1], value[1:], arrays),
                              opset_imports=[helper.make_opsetid("", 20)], ir_version=10)  # fmt: skip
    found = layers(model)
    assert [layer.node for layer in found] == ["gemm"]
    batch = {"x": np.random.default_rng(1).normal(size=(5, 8)).astype(np.float32)}
    told = scores(eight_bits.quantized(model, found, {"x": (-3.0, 3.0)}), batch)
    np.testing.assert_allclose(told, scores(model, batch), atol=0.1)


def test_instructions_are_told_where_the_processor_has_them(tmp_path, monkeypatch):
    flags = tmp_path / "cpuinfo"
    monkeypatch.setattr(eight_bits, "FLAGS", flags)
    assert eight_bits.instructions() == ""
    flags.write_text("flags : fpu avx2 avx512_vnni\n")
    assert eight_bits.instructions() == "avx512_vnni"
    flags.write_text("flags : fpu avx2\n")
    assert eight_bits.instructions() == ""
