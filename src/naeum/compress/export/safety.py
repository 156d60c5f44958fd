"""Is an ONNX file harmless: no data from outside its folder, no operator that would need foreign code?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from naeum.errors import InputError
from naeum.extras import need

# Operators of ONNX itself, and those that come with every onnxruntime.
DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})


def check(path: Path) -> None:
    """Refuse a file that is no ONNX, that reads data from outside its folder, or that has custom operators.

    Raises:
        InputError: it is one of these.
        MissingExtra: onnx is not installed.
    """
    onnx = need("onnx", "reading an ONNX file")
    try:
        model = onnx.load(str(path), load_external_data=False)
    except Exception as error:  # the parser of Protocol Buffers raises its own, which changes between versions
        raise InputError(f"{path} must be an ONNX file; it cannot be read as one; export it again") from error
    for tensor in _tensors(model):
        _inside(onnx, tensor, path)
    own = {function.domain for function in model.functions}
    for node in _nodes(model):
        if node.domain not in DOMAINS | own:
            raise InputError(
                f"an ONNX file must use standard operators; {path} has {node.domain}.{node.op_type}, which needs "
                "foreign code; export it without custom operators"
            )


def _inside(onnx: Any, tensor: Any, path: Path) -> None:
    """Refuse a tensor whose data lie outside the folder of the file."""
    if tensor.data_location != onnx.TensorProto.EXTERNAL:
        return
    folder = path.resolve().parent
    place = next((entry.value for entry in tensor.external_data if entry.key == "location"), "")
    if not (folder / place).resolve().is_relative_to(folder):
        raise InputError(
            f"the data of an ONNX file must lie in its folder; {path} reads {place!r} for {tensor.name}; "
            "export it as one file"
        )


def _graphs(graph: Any) -> Iterator[Any]:
    """A graph and all graphs inside its nodes."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            for inner in ([attribute.g] if attribute.HasField("g") else []) + list(attribute.graphs):
                yield from _graphs(inner)


def _nodes(model: Any) -> Iterator[Any]:
    for graph in _graphs(model.graph):
        yield from graph.node
    for function in model.functions:
        yield from function.node


def _tensors(model: Any) -> Iterator[Any]:
    for graph in _graphs(model.graph):
        yield from graph.initializer
        for sparse in graph.sparse_initializer:
            yield from (sparse.values, sparse.indices)
    for node in _nodes(model):
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
