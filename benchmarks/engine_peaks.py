"""How many operations a second does this processor reach in products of matrices, by precision?"""

from __future__ import annotations

from time import perf_counter
from typing import Any

import numpy as np

from naeum.engine import machine

SIDE = 2_048  # of the square matrices in eight bits
ROUNDS = 5  # the quickest counts


def peaks(threads: int) -> dict[str, float]:
    """float32, bfloat16 and int8, the best of what is at hand."""
    found = {kind: machine.peak(threads, kind) for kind in ("float32", "bfloat16")}
    return {**found, "int8": max(_onnxruntime(threads), _torch(threads))}


def _onnxruntime(threads: int) -> float:
    """Activations without sign, weights with sign."""
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper

    weights = onnx.numpy_helper.from_array(np.ones((SIDE, SIDE), np.int8), "w")
    ends = [
        helper.make_tensor_value_info("x", TensorProto.UINT8, [SIDE, SIDE]),
        helper.make_tensor_value_info("y", TensorProto.INT32, [SIDE, SIDE]),
    ]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])], "g", ends[:1], ends[1:], [weights]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = {"x": np.ones((SIDE, SIDE), np.uint8)}
    return _best(lambda: session.run(None, given))


def _torch(threads: int) -> float:
    import torch

    torch.set_num_threads(threads)
    one = torch.ones(SIDE, SIDE, dtype=torch.int8)
    return _best(lambda: torch._int_mm(one, one))


def _best(multiply: Any) -> float:
    multiply()
    least = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        multiply()
        least = min(least, perf_counter() - start)
    return 2 * SIDE**3 / least
