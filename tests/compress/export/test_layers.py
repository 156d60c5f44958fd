"""Are the layers of a graph found, each under the name that it has in torch?"""

import numpy as np
import onnx
import pytest

from naeum.compress.export.layers import layers, weight_of


@pytest.fixture(scope="module")
def model(plain):
    return onnx.load(str(plain[0] / "part0.onnx"))


def test_the_maps_of_every_layer_and_the_table_of_words_are_found(model):
    names = [layer.name for layer in layers(model)]
    maps = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
            "intermediate.dense", "output.dense")  # fmt: skip
    assert names == ["embeddings.word_embeddings", *(f"layer.{n}.{one}" for n in (0, 1) for one in maps)]


def test_the_head_and_the_products_of_activations_are_none(model):
    found = {layer.node for layer in layers(model)}
    products = [node for node in model.graph.node if node.op_type in ("MatMul", "Gemm")]
    assert len(products) > len(found) - 1
    assert not any("head" in layer.name for layer in layers(model))


def test_weights_are_those_of_torch(model, tuned):
    stored = dict(tuned.network.state_dict())
    found = {layer.name: layer for layer in layers(model)}
    query = stored["encoder.encoder.layer.1.attention.self.query.weight"].numpy()
    np.testing.assert_array_equal(weight_of(model, found["layer.1.attention.self.query"]), query.T)
    table = stored["encoder.embeddings.word_embeddings.weight"].numpy()
    np.testing.assert_array_equal(weight_of(model, found["embeddings.word_embeddings"]), table)
