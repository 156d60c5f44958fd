"""How is a graph written anew with some of its layers changed?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.compress.export.layers import Layer
from naeum.extras import need

RUNTIME = "com.microsoft"  # operators that come with every onnxruntime


@dataclass(frozen=True, eq=False)
class Writing:
    """The nodes and arrays that a graph is being written with."""

    onnx: Any
    nodes: list[Any]
    arrays: list[Any]

    def add(self, operator: str, given: Sequence[str], gives: str, **options: Any) -> str:
        """A node with one value; gives the value's name."""
        node = self.onnx.helper.make_node(operator, list(given), [gives], name=f"{gives}/{operator}", **options)
        self.nodes.append(node)
        return gives

    def store(self, array: Any, name: str) -> str:
        """An array, once; gives its name."""
        if all(one.name != name for one in self.arrays):
            self.arrays.append(self.onnx.numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name


def rewritten(model: Any, layers: Sequence[Layer], write: Callable[[Writing, Any, Layer], None]) -> Any:
    """A copy of a graph in which some layers are written otherwise.

    Args:
        model: an onnx.ModelProto.
        layers: of it, those that change.
        write: adds the nodes of a layer instead of its node.
    """
    onnx = need("onnx", "quantizing")
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    chosen = {layer.node: layer for layer in layers}
    writing = Writing(onnx, [], [])
    for node in copy.graph.node:
        layer = chosen.get(node.name)
        if layer is None:
            writing.nodes.append(node)
        else:
            write(writing, node, layer)
    _fill(copy, writing)
    if RUNTIME in {node.domain for node in writing.nodes} - {one.domain for one in copy.opset_import}:
        copy.opset_import.append(onnx.helper.make_opsetid(RUNTIME, 1))
    return copy


def _fill(model: Any, writing: Writing) -> None:
    """Put the nodes in place; arrays that no node reads any more are left out."""
    nodes = [*writing.nodes]
    read = {name for node in nodes for name in node.input}
    kept = [one for one in [*model.graph.initializer, *writing.arrays] if one.name in read]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
