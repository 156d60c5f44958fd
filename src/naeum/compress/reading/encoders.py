"""What does an exported encoder of texts answer? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.streams import BUDGET, filled

TWO = 2  # texts of a pair


class Graph:
    """An ONNX file behind a tokenizer."""

    budget = BUDGET

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, tokenizer: Any, columns: int) -> None:
        self.session, self.tokenizer, self.columns = session, tokenizer, columns
        self.inputs = {one.name for one in session.get_inputs()}
        self.padding, self.pair = node["padding"], node.get("pair", False)

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) of rows of cells: batches of like lengths, each padded to its longest."""
        return filled(self, rows, len(rows))

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        texts: Any = [tuple(row) if self.pair else " ".join(filter(None, row)) for row in rows]
        found = self._read(texts)
        order = sorted(range(len(found)), key=lambda at: -len(found[at][0]))
        start = 0
        while start < len(order):
            longest = len(found[order[start]][0])
            where = order[start : start + max(1, self.budget // longest)]
            start += len(where)
            yield where, self._padded([found[at] for at in where], longest)

    def _read(self, texts: Any) -> list[tuple[list[int], list[int]]]:
        """The tokens of each text or pair, and the segment of each."""
        return [(one.ids or [self.padding], one.type_ids or [0]) for one in self.tokenizer.encode_batch_fast(texts)]

    def _padded(self, found: list[tuple[list[int], list[int]]], longest: int) -> dict[str, Any]:
        ids = np.full((len(found), longest), self.padding, np.int64)
        mask, types = np.zeros_like(ids), np.zeros_like(ids)
        for at, (row, kinds) in enumerate(found):
            ids[at, : len(row)], mask[at, : len(row)], types[at, : len(row)] = row, 1, kinds
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        return {name: array for name, array in given.items() if name in self.inputs}


class Sides(Graph):
    """The same that reads the two texts of a row apart: what the graph is given is (rows, 2, tokens)."""

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        found = self._read([text for row in rows for text in row])
        lengths = [max(len(found[TWO * at][0]), len(found[TWO * at + 1][0])) for at in range(len(rows))]
        order = sorted(range(len(rows)), key=lambda at: -lengths[at])
        start = 0
        while start < len(order):
            longest = lengths[order[start]]
            where = order[start : start + max(1, self.budget // (TWO * longest))]
            start += len(where)
            given = self._padded([found[TWO * at + side] for at in where for side in range(TWO)], longest)
            yield where, {name: array.reshape(len(where), TWO, longest) for name, array in given.items()}
