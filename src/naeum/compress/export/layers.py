"""Which layers of a graph multiply by weights, and what goes into each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.compress.export.graph import SCORES
from naeum.extras import need

OPERATORS = ("MatMul", "Gemm")
IDS = "input_ids"


@dataclass(frozen=True)
class Layer:
    """A linear map, or the table of the words."""

    name: str  # of the module that it was in torch
    node: str  # of the graph
    input: str  # the value that goes in: activations, or ids
    weight: str  # the stored array: (in, out) of a linear map, (words, width) of a table
    output: str
    table: bool = False  # rows are looked up, nothing is multiplied


def layers(model: Any) -> tuple[Layer, ...]:
    """The table that ids look words up in, and the linear maps of a graph in its order; the head is none of them.

    The head is small, and what it says is the answer: it stays as it is.
    """
    weights = {one.name: tuple(one.dims) for one in model.graph.initializer}
    found = []
    for node in model.graph.node:
        if node.op_type in OPERATORS and len(node.input) > 1 and len(weights.get(node.input[1], ())) == 2:
            plain = node.op_type == "MatMul" or not any(one.i for one in node.attribute if one.name == "transB")
            if plain and not _ends(model, node):
                found.append(Layer(_module(node), node.name, node.input[0], node.input[1], node.output[0]))
    # The ids of two texts a row are laid under each other first.
    ids = {IDS, *(node.output[0] for node in model.graph.node if node.op_type == "Reshape" and node.input[0] == IDS)}
    for node in model.graph.node:
        if node.op_type == "Gather" and node.input[1] in ids and len(weights.get(node.input[0], ())) == 2:
            found.insert(0, Layer(_module(node), node.name, node.input[1], node.input[0], node.output[0], True))
    return tuple(_told_apart(found))


def weight_of(model: Any, layer: Layer) -> npt.NDArray[np.float32]:
    """The stored array of a layer."""
    onnx = need("onnx", "reading an ONNX file")
    tensor = next(one for one in model.graph.initializer if one.name == layer.weight)
    return np.asarray(onnx.numpy_helper.to_array(tensor), np.float32)


def _ends(model: Any, node: Any) -> bool:
    """Whether the answer is this node's output, or that plus a bias."""
    after = [one for one in model.graph.node if node.output[0] in one.input]
    return SCORES in node.output or any(SCORES in one.output for one in after)


def _module(node: Any) -> str:
    """The module's path in torch, without the names of the parts that every encoder has around its layers."""
    notes = {note.key: note.value for note in node.metadata_props}
    names = notes.get("pkg.torch.onnx.name_scopes", "").strip("[]").replace("'", "").split(", ")
    inside = [name for name in names[:-1] if name]
    return inside[-1].removeprefix("encoder.").removeprefix("encoder.") if inside else str(node.name)


def _told_apart(found: list[Layer]) -> list[Layer]:
    """Layers of one module with their node's name behind, so that a name is one layer."""
    names = [layer.name for layer in found]
    return [
        layer if names.count(layer.name) == 1 else Layer(f"{layer.name}/{layer.node}", *_rest(layer)) for layer in found
    ]


def _rest(layer: Layer) -> tuple[str, str, str, str, bool]:
    return layer.node, layer.input, layer.weight, layer.output, layer.table
