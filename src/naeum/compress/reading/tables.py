"""What do the exported parts of a table answer? A part of the program `predict.py`, which imports no naeum.

Cells become numbers, trees are walked and columns are summed by the very functions that a run answers with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.streams import filled
from naeum.model.table.cases import Scale
from naeum.model.table.fitted import scores_of
from naeum.model.table.form import Cells, Form
from naeum.model.table.making import Making
from naeum.model.table.products import summed
from naeum.model.table.quantiles import sharp
from naeum.model.table.trees import Trees

LOTS = 4_096  # rows that a graph is given at once: some megabytes


@dataclass(frozen=True)
class Named:
    """The input columns of a part, by name, with the kind of each."""

    columns: dict[str, str]


class Tabled:
    """A part that reads cells as a matrix of numbers."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node = node
        with np.load(folder / node.get("arrays", node["file"]), allow_pickle=False) as stored:
            self.arrays = dict(stored)
        learned = {name[8:]: array for name, array in self.arrays.items() if name.startswith("encoder.")}
        words = {name: tuple(known) for name, known in node["words"].items()}
        named: Any = Named(node["columns"])
        self.form = Form(named, node["plain"], words, learned)
        self.scale = Scale(**node["scale"])

    def matrix(self, rows: list[list[Any]]) -> Any:
        """(rows, width) of rows of cells."""
        return self.form.of(columned(rows, list(self.node["columns"])))


class Lines(Tabled):
    """A weighted sum of columns, and of their products."""

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of cells."""
        weights = [self.arrays[name] for name in ("weights", "biases", "center", "spread")]
        found = summed(self.matrix(rows), weights, self.node["degree"], self.form.crossable)
        return np.asarray(self.scale.undo(found), np.float32)


class Grown(Tabled):
    """Trees."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        super().__init__(folder, node)
        self.trees = Trees.of(self.arrays, node["single"], node["depth"])

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of cells."""
        start, rule = self.arrays["start"], self.node["rule"]
        found = self.trees.answer(self.matrix(rows), len(start), rule)
        return scores_of(found + start, self.scale, rule, self.node["output"])


class Layered(Tabled):
    """A graph over numbers and their pieces between quantiles."""

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, columns: int) -> None:
        super().__init__(folder, node)
        self.session, self.columns = session, columns

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of cells."""
        found = filled(self, rows, len(rows))
        return np.asarray(self.scale.undo(np.asarray(found, np.float64)), np.float32)

    def batches(self, rows: list[list[Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        reading = [self.arrays[name] for name in ("edges", "center", "spread")]
        for start in range(0, len(rows), LOTS):
            lot = rows[start : start + LOTS]
            yield slice(start, start + len(lot)), {"cells": sharp(self.matrix(lot), *reading)}


class Derived:
    """Another part that is given further columns, made of those of a row."""

    def __init__(self, folder: Path, node: dict[str, Any], inner: Any) -> None:
        self.columns, self.inner = list(node["columns"]), inner
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            arrays = {name: stored[str(at)] for at, name in enumerate(node["learned"])}
        words = {name: tuple(known) for name, known in node["words"].items()}
        named: Any = Named(node["columns"])
        self.making = Making(named, tuple(node["add"]), words, arrays)

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of cells."""
        made = list(self.making.columns(columned(rows, self.columns)).values())
        if not made:
            return self.inner(rows)
        more = np.stack(made, axis=1).tolist()
        return self.inner([[*row, *own] for row, own in zip(rows, more, strict=True)])


def columned(rows: list[list[Any]], names: Sequence[str]) -> Cells:
    """Rows of cells as columns."""
    return Cells({name: [row[at] for row in rows] for at, name in enumerate(names)})
