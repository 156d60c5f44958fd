"""Is a graph written anew without what nothing reads any more?"""

import numpy as np
import onnx

from naeum.compress.export.layers import layers
from naeum.compress.export.writing import RUNTIME, rewritten


def test_layers_are_replaced_and_their_arrays_go(plain):
    model = onnx.load(str(plain[0] / "part0.onnx"))
    layer = layers(model)[1]

    def write(writing, node, one):
        twice = [writing.store(np.zeros((1, 1), np.float32), "nothing") for _ in range(2)]
        assert twice == ["nothing", "nothing"] and len(writing.arrays) == 1
        writing.add("Mul", [one.input, "nothing"], one.output)

    made = rewritten(model, [layer], write)
    names = {one.name for one in made.graph.initializer}
    assert "nothing" in names and layer.weight not in names
    assert [node.output[0] for node in made.graph.node] == [node.output[0] for node in model.graph.node]
    assert layer.weight in {one.name for one in model.graph.initializer}


def test_the_runtime_s_own_operators_are_announced(plain):
    model = onnx.load(str(plain[0] / "part0.onnx"))
    layer = layers(model)[1]
    made = rewritten(
        model, [layer], lambda writing, node, one: writing.add("Gelu", [one.input], one.output, domain=RUNTIME)
    )
    assert RUNTIME in {one.domain for one in made.opset_import}
    assert RUNTIME not in {one.domain for one in rewritten(model, [], lambda *_: None).opset_import}
