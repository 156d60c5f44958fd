"""What do the exported n-grams of two texts answer? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from naeum.compress.reading.grams import Vocabulary
from naeum.model.text.overlap import LIKENESS_SCALE, likeness, squared

PAIRS = 256  # whose n-grams are compared together


class Compared(Vocabulary):
    """Weights of what two texts share, of what only one of them holds, and of how alike they are."""

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) of rows of two texts."""
        scores = np.concatenate([self._scores(rows[at : at + PAIRS]) for at in range(0, len(rows), PAIRS)])
        return np.concatenate([np.zeros_like(scores), scores], axis=1) if self.node["second"] else scores

    def _scores(self, rows: list[list[str]]) -> Any:
        first, second = [row[0] for row in rows], [row[1] for row in rows]
        found, ordered = self.arrays, self.node["ordered"]
        alike = (likeness(first, second, found["known"], ordered) - found["scaling"][0]) / found["scaling"][1]
        dense = (LIKENESS_SCALE * squared(alike)).astype(np.float32)
        weights, width = found["weights"], len(found["idf"])
        scores = dense @ weights[: dense.shape[1]] + found["biases"]
        for block, (row, gram, values) in enumerate(self._blocks(first, second, ordered, width)):
            own = weights[dense.shape[1] + block * width :]
            ends = np.searchsorted(row, np.arange(len(rows) + 1))
            scores += np.stack([values[low:high] @ own[gram[low:high]] for low, high in pairwise(ends)])
        return scores

    def _blocks(self, first: list[str], second: list[str], ordered: bool, width: int) -> list[tuple[Any, Any, Any]]:
        """Row, n-gram and weight of what both hold, and of what one holds and the other does not."""
        keyed = []
        for side in (first, second):
            row, gram, values = self.weighted(side)
            keyed.append((row * max(width, 1) + gram, values))
        (one, ones), (other, others) = keyed
        both, at, there = np.intersect1d(one, other, assume_unique=True, return_indices=True)
        shared = np.minimum(ones[at], others[there])
        ones[at] -= shared
        others[there] -= shared
        single = [(one, ones), (other, others)]
        if not ordered:
            keys = np.concatenate([one, other])
            order = np.argsort(keys, kind="stable")
            single = [(keys[order], np.concatenate([ones, others])[order])]
        return [(keys // max(width, 1), keys % max(width, 1), values) for keys, values in [(both, shared), *single]]
