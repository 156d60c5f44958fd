"""How are activations made easier to round without changing what a graph says?

A few columns of activations reach far beyond the others, and one step must do for all. Each column is divided by a
number, and the weights that read it are multiplied by the same one (Xiao et al. 2023, "SmoothQuant"): s = a^β / w^(1-β)
with a the greatest activation of the column, w the greatest weight that reads it. The division is moved into the norm
before it where nothing else reads that; elsewhere it is one product more. Kept is what lowers the noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.compress.export.layers import Layer, layers, weight_of
from naeum.compress.quantize import sensitivity
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.extras import need

NORM = "LayerNormalization"
LEAST = 1e-5  # of an activation or a weight, so that a silent column is not divided by nothing
GAIN = 0.5  # decibels that a layer must win on average to be worth a product more

Floats = npt.NDArray[np.float32]
Seen = Mapping[str, Floats]


def balanced(model: Any, found: Sequence[Layer], seen: Seen, how: str, arithmetic: Arithmetic) -> tuple[Any, Seen]:
    """A graph that says the same with activations that round better, and what its layers then see.

    Args:
        model: an onnx.ModelProto in float32.
        found: its layers.
        seen: by name of a value, what goes into them (vectors, width).
        how: where the ends of activations come from; see `sensitivity.costs`.
        arithmetic: the numbers it will have; `balance` of it says how much is moved.
    """
    readers: dict[str, list[Layer]] = {}
    for layer in found:
        if not layer.table:
            readers.setdefault(layer.input, []).append(layer)
    scales = {name: _scale(model, seen[name], some, arithmetic.balance) for name, some in readers.items()}
    every, after = _divided(model, readers, scales, seen)
    before = {one.layer: one.decibels for one in sensitivity.costs(model, found, seen, how, arithmetic)}
    told = {one.layer: one.decibels for one in sensitivity.costs(every, layers(every), after, how, arithmetic)}
    names = {layer.node: layer.name for layer in layers(every)}
    won = {
        name: float(np.mean([told[names[layer.node]] - before[layer.name] for layer in some]))
        for name, some in readers.items()
    }
    chosen = {name: some for name, some in readers.items() if won[name] >= GAIN}
    return _divided(model, chosen, scales, seen)


def _scale(model: Any, values: Floats, readers: Sequence[Layer], share: float) -> Floats:
    """(width,) what each column is divided by; their geometric mean is one."""
    reach = np.maximum(np.abs(values).max(axis=0), LEAST)
    weights = np.maximum(np.max([np.abs(weight_of(model, layer)).max(axis=1) for layer in readers], axis=0), LEAST)
    logs = share * np.log(reach) - (1 - share) * np.log(weights)
    return np.asarray(np.exp(logs - logs.mean()), np.float32)


def _divided(model: Any, readers: Mapping[str, Sequence[Layer]], scales: Seen, seen: Seen) -> tuple[Any, Seen]:
    onnx = need("onnx", "quantizing")
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    after = dict(seen)
    for name, some in readers.items():
        given = name
        if not _in_norm(onnx, copy, name, some, scales[name]):
            given = _with_product(onnx, copy, name, scales[name])
        for layer in some:
            node = next(one for one in copy.graph.node if one.name == layer.node)
            weight = weight_of(model, layer) * scales[name][:, None]
            node.input[0], node.input[1] = given, f"{layer.weight}/balanced"
            copy.graph.initializer.append(onnx.numpy_helper.from_array(weight, f"{layer.weight}/balanced"))
        after[given] = np.asarray(seen[name] / scales[name], np.float32)
    read = {name for node in copy.graph.node for name in node.input}
    kept = [one for one in copy.graph.initializer if one.name in read]
    del copy.graph.initializer[:]
    copy.graph.initializer.extend(kept)
    return copy, after


def _in_norm(onnx: Any, model: Any, name: str, readers: Sequence[Layer], scale: Floats) -> bool:
    """Whether the division could be moved into the norm that gives the value, as nothing else reads it."""
    norm = next((one for one in model.graph.node if name in one.output and one.op_type == NORM), None)
    reading = {one.name for one in model.graph.node if name in one.input}
    if norm is None or reading != {layer.node for layer in readers} or name in {one.name for one in model.graph.output}:
        return False
    stored = {one.name: one for one in model.graph.initializer}
    if any(given not in stored for given in norm.input[1:]):
        return False
    for at in range(1, len(norm.input)):
        array = onnx.numpy_helper.to_array(stored[norm.input[at]]) / scale
        norm.input[at] = f"{norm.input[at]}/balanced"
        model.graph.initializer.append(onnx.numpy_helper.from_array(array.astype(np.float32), norm.input[at]))
    return True


def _with_product(onnx: Any, model: Any, name: str, scale: Floats) -> str:
    """The value times the inverse of the scale, right before its first reader."""
    gives = f"{name}/balanced"
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.asarray(1 / scale, np.float32), f"{gives}/scale"))
    node = onnx.helper.make_node("Mul", [name, f"{gives}/scale"], [gives], name=f"{gives}/Mul")
    first = next((at for at, one in enumerate(model.graph.node) if name in one.output), -1)
    model.graph.node.insert(first + 1, node)
    return gives
