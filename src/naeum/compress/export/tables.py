"""How do the parts of a table lie in an exported folder: sums of columns, trees, made columns?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from naeum.compress.export.filing import Filing, Node
from naeum.model.table.derived import Deriving
from naeum.model.table.encoder import Encoder
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.linear import FittedTableLinear
from naeum.model.table.network import FittedTableNetwork

ROWS = 3  # of the batch that a graph is traced with


def lines(fitted: FittedTableLinear, filing: Filing) -> Node:
    """A weighted sum of columns."""
    arrays = dict(zip(("weights", "biases", "center", "spread"), fitted.weights, strict=True))
    node = {"kind": "lines", **_table(fitted), "degree": fitted.degree}
    return filing.arrays(fitted, node, {**fitted.encoder.stored(), **arrays})


def trees(fitted: FittedTrees, filing: Filing) -> Node:
    """Trees with how their leaves are put together."""
    node = {
        "kind": "trees", **_table(fitted), "rule": fitted.rule, "output": fitted.task.output,
        "single": fitted.trees.single, "depth": fitted.trees.depth,
    }  # fmt: skip
    arrays: Mapping[str, Any] = {**fitted.encoder.stored(), **fitted.trees.arrays(), "start": fitted.start}
    return filing.arrays(fitted, node, arrays)


def network(fitted: FittedTableNetwork, filing: Filing) -> Node:
    """A perceptron, a graph, on numbers and their pieces between quantiles."""
    reading = dict(zip(("edges", "center", "spread"), fitted.reading, strict=True))
    node = {"kind": "layers", **_table(fitted)}
    cells = np.zeros((ROWS, fitted.trained.map.in_features), np.float32)
    return filing.graph(fitted, node, (fitted.trained, {"cells": cells}), {**fitted.encoder.stored(), **reading})


def derived(fitted: Deriving, filing: Filing) -> Node:
    """What made columns are made by, around what reads them."""
    making = fitted.making
    inner = filing.inner(fitted.inner, filing)
    node = {
        "kind": "derived", "columns": dict(fitted.task.columns), "add": list(making.add),
        "words": {name: list(words) for name, words in making.words.items()}, "learned": list(making.arrays),
        "members": [inner],
    }  # fmt: skip
    return filing.arrays(fitted, node, {str(at): array for at, array in enumerate(making.arrays.values())})


def _table(fitted: Any) -> Node:
    """What all models of tables read: which columns, and how."""
    encoder: Encoder = fitted.encoder
    return {"columns": dict(fitted.task.columns), **encoder.settings(), "scale": asdict(fitted.scale)}
