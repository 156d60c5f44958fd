"""Where do the parts of a predictor lie in the folder that they are written into?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.export import graph
from naeum.compress.export.graph import Arrays
from naeum.engine import bases, tokens
from naeum.engine.model_folder import read_config

Node = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Part:
    """One part that computes: where it came from and what was written."""

    predictor: Any
    node: Node
    traced: graph.Traced | None = None  # of a graph


@dataclass(frozen=True, eq=False)
class Filing:
    """The folder that parts are written into, and those written so far.

    `inner` gives the node of a predictor inside another.
    """

    folder: Path
    inner: Callable[[Any, Filing], Node]
    parts: list[Part] = field(default_factory=list)

    def name(self, ending: str = "") -> str:
        """Of the next part's file."""
        return f"part{len(self.parts)}{ending}"

    def arrays(self, predictor: Any, node: Node, arrays: Mapping[str, Any]) -> Node:
        """The node of a part of arrays alone, which are written."""
        name = self.name(".npz")
        np.savez(self.folder / name, **arrays)
        whole = {**node, "file": name}
        self.parts.append(Part(predictor, whole))
        return whole

    def graph(self, predictor: Any, node: Node, traced: tuple[Any, Arrays], arrays: Mapping[str, Any]) -> Node:
        """The node of a graph beside arrays: of a module, with a batch that it is traced with."""
        name, (module, batch) = self.name(), traced
        told = graph.write(module.eval(), batch, self.folder / f"{name}.onnx", f"the {predictor.kind}")
        np.savez(self.folder / f"{name}.npz", **arrays)
        whole = {**node, "file": f"{name}.onnx", "arrays": f"{name}.npz", "opset": told.opset}
        self.parts.append(Part(predictor, whole, told))
        return whole

    def encoder(self, predictor: Any, node: Node, made: Any, batch: Arrays) -> Node:
        """The node of a graph with its tokenizer: `made` has the module, the base whose pieces it reads, how many."""
        base: bases.Base = made.base
        file, vocabulary = self.name(".onnx"), self.name(".tokenizer.json")
        (self.folder / vocabulary).write_text(tokens.portable(base, made.max_length), encoding="utf-8")
        traced = graph.write(made.module, batch, self.folder / file, f"the {predictor.kind}")
        whole = {
            **node, "file": file, "tokenizer": vocabulary, "padding": read_config(base.folder).pad,
            "opset": traced.opset, "base": base.name, "licence": base.licence,
            "max_length": min(made.max_length, base.max_length),
        }  # fmt: skip
        self.parts.append(Part(predictor, whole, traced))
        return whole
