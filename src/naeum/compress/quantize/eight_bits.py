"""How does a graph multiply in eight bits? Activations without sign, weights with sign, a step for each column.

Static: the ends of activations are known from rows seen before, so a row's answer does not depend on its company.
Dynamic: they are taken from each batch. Words are looked up in a table of bytes with a step for each word.

onnxruntime computes both with the processor's integer instructions. Activations are kept without sign, as products of
two signed operands are ten times as slow there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.compress.export.layers import Layer, weight_of
from naeum.compress.export.writing import Writing, rewritten
from naeum.compress.quantize.arithmetic import TENSOR, Arithmetic
from naeum.compress.quantize.ranges import scale_of

WEIGHT_LEVELS = 127  # of eight bits with sign, zero in the middle
FLAGS = Path("/proc/cpuinfo")
INSTRUCTIONS = ("avx512_vnni", "avx_vnni", "amx_int8", "asimddp")  # sums of byte products in one step

Floats = npt.NDArray[np.float32]
Ends = Mapping[str, tuple[float, float]]  # by name of a value


def quantized(model: Any, layers: Sequence[Layer], ends: Ends | None, arithmetic: Arithmetic | None = None) -> Any:
    """A copy of a graph with some layers in eight bits.

    Args:
        model: an onnx.ModelProto in float32.
        layers: of that graph, those that change.
        ends: of the values that go into them; None: taken from each batch.
        arithmetic: which weights share a step, and where zero lies.
    """
    numbers = arithmetic or Arithmetic()
    done: set[str] = set()  # activations that are in eight bits already: queries, keys and values share theirs

    def write(writing: Writing, node: Any, layer: Layer) -> None:
        weight = weight_of(model, layer)
        if layer.table:
            write_table(writing, layer, weight)
        else:
            _linear(writing, node, layer, weight, (numbers, ends), done)

    return rewritten(model, layers, write)


def weights_in_bytes(weight: Floats, axis: int | None) -> tuple[npt.NDArray[np.int8], Floats]:
    """The weights as whole numbers in [-127, 127] and the step of each row (axis 0), column (axis 1) or of all (None).

    Example:
        >>> weights, steps = weights_in_bytes(np.array([[1.0, -254.0], [0.5, 2.0]], np.float32), axis=1)
        >>> weights.tolist(), [round(float(step), 4) for step in steps]
        ([[127, -127], [64, 1]], [0.0079, 2.0])
    """
    largest = np.abs(weight).max(axis=None if axis is None else 1 - axis, keepdims=True)
    steps = np.where(largest > 0, largest / WEIGHT_LEVELS, 1.0).astype(np.float32)
    return np.rint(weight / steps).astype(np.int8), steps.reshape(() if axis is None else -1)


def instructions() -> str:
    """The instructions for sums of byte products that this processor has; '' for none, or where that is not told."""
    try:
        told = FLAGS.read_text(encoding="utf-8")
    except OSError:
        return ""
    words = set(told.split())
    return next((name for name in INSTRUCTIONS if name in words), "")


def _linear(
    writing: Writing, node: Any, layer: Layer, weight: Any, how: tuple[Arithmetic, Ends | None], done: set[str]
) -> None:
    numbers, ends = how
    whole, steps = weights_in_bytes(weight, None if numbers.grain == TENSOR else 1)
    stored = writing.store(whole, f"{layer.weight}/bytes"), writing.store(steps, f"{layer.weight}/steps")
    product = layer.output if node.op_type == "MatMul" else f"{layer.output}/product"
    if ends is None:
        _dynamic(writing, layer, stored, product, done)
    else:
        scale = scale_of(*ends[layer.input], symmetric=numbers.symmetric)
        _static(writing, layer, stored, product, scale, done)
    if node.op_type == "Gemm":
        writing.add("Add", [product, node.input[2]], layer.output)


def _static(
    writing: Writing, layer: Layer, stored: tuple[str, str], product: str, scale: tuple[float, int], done: set[str]
) -> None:
    value = f"{layer.input}/rounded"
    if layer.input not in done:
        step = writing.store(np.float32(scale[0]), f"{layer.input}/step")
        zero = writing.store(np.uint8(scale[1]), f"{layer.input}/zero")
        whole = writing.add("QuantizeLinear", [layer.input, step, zero], f"{layer.input}/bytes")
        writing.add("DequantizeLinear", [whole, step, zero], value)
        done.add(layer.input)
    steps = next(one for one in writing.arrays if one.name == stored[1])
    along = {"axis": 1} if steps.dims else {}
    weight = writing.add("DequantizeLinear", [*stored], f"{layer.weight}/rounded", **along)
    writing.add("MatMul", [value, weight], product)


def _dynamic(writing: Writing, layer: Layer, stored: tuple[str, str], product: str, done: set[str]) -> None:
    names = [f"{layer.input}/{part}" for part in ("bytes", "step", "zero")]
    if layer.input not in done:
        node = writing.onnx.helper.make_node("DynamicQuantizeLinear", [layer.input], names, name=f"{names[0]}/dynamic")
        writing.nodes.append(node)
        done.add(layer.input)
    none = writing.store(np.int8(0), f"{layer.weight}/zero")
    whole = writing.add("MatMulInteger", [names[0], stored[0], names[2], none], f"{product}/whole")
    real = writing.add("Cast", [whole], f"{product}/real", to=writing.onnx.TensorProto.FLOAT)
    steps = writing.add("Mul", [names[1], stored[1]], f"{product}/steps")
    writing.add("Mul", [real, steps], product)


def write_table(writing: Writing, layer: Layer, weight: Any) -> None:
    """Words as bytes, with a step for each."""
    whole, steps = weights_in_bytes(weight, axis=0)
    bytes_of = writing.store(whole, f"{layer.weight}/bytes")
    steps_of = writing.store(steps[:, None], f"{layer.weight}/steps")
    found = writing.add("Gather", [bytes_of, layer.input], f"{layer.output}/bytes")
    real = writing.add("Cast", [found], f"{layer.output}/real", to=writing.onnx.TensorProto.FLOAT)
    step = writing.add("Gather", [steps_of, layer.input], f"{layer.output}/step")
    writing.add("Mul", [real, step], layer.output)
