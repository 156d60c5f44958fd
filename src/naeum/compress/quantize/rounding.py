"""What do the weights of a layer say in other numbers, and how is a graph written in them?

Weights in eight bits with activations in eight bits multiply in whole numbers (see eight_bits). Weights alone are
stored smaller: four bits as onnxruntime's own operators read them, halves as they are, brought back before they are
multiplied. The table of words, of which few rows are read, has a byte a number wherever weights have no more than that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from naeum.compress.export.layers import Layer, weight_of
from naeum.compress.export.writing import RUNTIME, Writing, rewritten
from naeum.compress.quantize import eight_bits, packing
from naeum.compress.quantize.arithmetic import BRAIN, HALF, INT4, INT8, NF4, TENSOR, Arithmetic
from naeum.compress.quantize.eight_bits import Ends, Floats

NORMAL_STEPS = 1  # how onnxruntime calls nf4 among its tables of steps
ZERO_OF_BYTES = 128  # of eight bits without sign


def graph(model: Any, layers: Sequence[Layer], ends: Ends | None, arithmetic: Arithmetic) -> Any:
    """A copy of a graph with some layers in other numbers.

    Args:
        model: an onnx.ModelProto in float32.
        layers: of that graph, those that change.
        ends: of the values that go into them, where activations change too; None: taken from each batch.
        arithmetic: the numbers.
    """
    if not arithmetic.alone:
        return eight_bits.quantized(model, layers, ends, arithmetic)

    def write(writing: Writing, node: Any, layer: Layer) -> None:
        weight = weight_of(model, layer)
        if layer.table:
            _table(writing, layer, weight, arithmetic)
        else:
            product = layer.output if node.op_type == "MatMul" else f"{layer.output}/product"
            _linear(writing, layer, weight, product, arithmetic)
            if node.op_type == "Gemm":
                writing.add("Add", [product, node.input[2]], layer.output)

    return rewritten(model, layers, write)


def back(weight: Floats, table: bool, arithmetic: Arithmetic) -> Floats:
    """What weights (in, out), or a table (words, width), say in these numbers.

    Example:
        >>> back(np.array([[1.0, 0.5]], np.float32), False, Arithmetic()).tolist()
        [[1.0, 0.5]]
    """
    if arithmetic.weights in (HALF, BRAIN):
        return np.asarray(packing.half(weight, arithmetic.weights), np.float32)
    if table:
        whole, steps = eight_bits.weights_in_bytes(weight, axis=0)
        return np.asarray(whole * steps[:, None], np.float32)
    if arithmetic.weights == INT4:
        return packing.four_bits(weight, arithmetic.group, arithmetic.symmetric).back
    if arithmetic.weights == NF4:
        return packing.normal_floats(weight, arithmetic.group).back
    if arithmetic.group:
        levels, steps = _bytes_in_groups(weight, arithmetic.group)
        told = ((levels.astype(np.float32) - ZERO_OF_BYTES) * steps).reshape(weight.shape[1], -1)
        return np.asarray(told[:, : len(weight)].T, np.float32)
    whole, steps = eight_bits.weights_in_bytes(weight, None if arithmetic.grain == TENSOR else 1)
    return np.asarray(whole * steps, np.float32)


def _linear(writing: Writing, layer: Layer, weight: Floats, product: str, numbers: Arithmetic) -> None:
    sizes: dict[str, Any] = {"K": weight.shape[0], "N": weight.shape[1], "block_size": numbers.group}
    if numbers.weights in (HALF, BRAIN):
        stored = writing.store(packing.half(weight, numbers.weights), f"{layer.weight}/half")
        real = writing.add("Cast", [stored], f"{layer.weight}/real", to=writing.onnx.TensorProto.FLOAT)
        writing.add("MatMul", [layer.input, real], product)
    elif numbers.weights == NF4:
        found = packing.normal_floats(weight, numbers.group)
        given = _stored(writing, layer, {"bits": found.bytes, "steps": found.steps})
        writing.add("MatMulBnb4", [layer.input, *given], product, domain=RUNTIME, quant_type=NORMAL_STEPS, **sizes)
    elif numbers.weights == INT4:
        found = packing.four_bits(weight, numbers.group, numbers.symmetric)
        arrays = {"bits": found.bytes, "steps": found.steps}
        given = _stored(writing, layer, arrays if found.zeros is None else {**arrays, "zeros": found.zeros})
        writing.add("MatMulNBits", [layer.input, *given], product, domain=RUNTIME, bits=4, **sizes)
    elif numbers.group:
        levels, steps = _bytes_in_groups(weight, numbers.group)
        given = _stored(writing, layer, {"bytes": levels, "steps": steps.reshape(-1)})
        writing.add("MatMulNBits", [layer.input, *given], product, domain=RUNTIME, bits=8, **sizes)
    else:
        _bytes(writing, layer, weight, product, numbers)


def _stored(writing: Writing, layer: Layer, arrays: Mapping[str, Any]) -> list[str]:
    """Arrays of a layer under its name; gives their names."""
    return [writing.store(array, f"{layer.weight}/{name}") for name, array in arrays.items()]


def _bytes(writing: Writing, layer: Layer, weight: Floats, product: str, numbers: Arithmetic) -> None:
    """A byte a weight, real again before it is multiplied."""
    whole, steps = eight_bits.weights_in_bytes(weight, None if numbers.grain == TENSOR else 1)
    stored = writing.store(whole, f"{layer.weight}/bytes"), writing.store(steps, f"{layer.weight}/steps")
    cast = writing.add("Cast", [stored[0]], f"{layer.weight}/cast", to=writing.onnx.TensorProto.FLOAT)
    real = writing.add("Mul", [cast, stored[1]], f"{layer.weight}/real")
    writing.add("MatMul", [layer.input, real], product)


def _table(writing: Writing, layer: Layer, weight: Floats, numbers: Arithmetic) -> None:
    if numbers.weights in (INT8, INT4, NF4):
        eight_bits.write_table(writing, layer, weight)
        return
    stored = writing.store(packing.half(weight, numbers.weights), f"{layer.weight}/half")
    found = writing.add("Gather", [stored, layer.input], f"{layer.output}/half")
    writing.add("Cast", [found], layer.output, to=writing.onnx.TensorProto.FLOAT)


def _bytes_in_groups(weight: Floats, group: int) -> tuple[Any, Floats]:
    """(out, groups, group) without sign, and (out, groups, 1) the step of each."""
    blocks = packing.blocks(weight, group)
    steps = np.maximum(np.abs(blocks).max(axis=2, keepdims=True) / eight_bits.WEIGHT_LEVELS, packing.LEAST)
    return (np.rint(blocks / steps) + ZERO_OF_BYTES).astype(np.uint8), np.asarray(steps, np.float32)
