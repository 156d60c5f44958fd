"""Which rows are about the nearest, without looking at every row?

An inverted file: rows are put into cells by k-means, and only the cells whose centres are nearest to the question are
looked through. What is found there is compared exactly, so only rows can be missed, never misjudged.

References:
    Sivic & Zisserman 2003, "Video Google: a text retrieval approach to object matching in videos".
    Jégou, Douze & Schmid 2011, "Product quantization for nearest neighbor search".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Floats, Ints
from naeum.errors import InputError
from naeum.measure.similarity import HOWS, ranked

ROUNDS = 12  # of k-means: cells need be even, not perfect
LEARNED_FROM = 64  # rows a cell that k-means looks at
PROBES = 0.1  # share of the cells that is looked through
LEAST_PROBES = 4
TURN = 4_096  # rows whose distances to the centres are held at a time


@dataclass(frozen=True, eq=False)
class Index:
    """Rows in cells.

    Args:
        vectors: (rows, width) the points.
        how: one of similarity.HOWS.
        centres: (cells, width).
        members: the rows of each cell, cell by cell.
        ends: (cells + 1,) where each cell begins in `members`.
    """

    vectors: Floats
    how: str
    centres: Floats
    members: Ints
    ends: Ints

    def nearest(self, query: Any, k: int = 10, probes: int | None = None) -> tuple[Ints, Floats]:
        """(queries, k) places and scores as `similarity.nearest` gives them, from the nearest cells only.

        Places are -1, and scores NaN, where the cells hold fewer than k rows.

        Args:
            probes: how many cells are looked through; all of them give the exact answer.

        Raises:
            InputError: the questions are of another width.
        """
        asked = np.asarray(query, np.float32)
        if asked.ndim != 2 or asked.shape[1] != self.vectors.shape[1]:
            raise InputError(
                f"questions must be vectors {self.vectors.shape[1]} wide; got the shape {asked.shape}; check them"
            )
        usual = max(LEAST_PROBES, round(PROBES * len(self.centres)))
        wanted = min(probes or usual, len(self.centres))
        apart = squared(_placed(asked, self.how), self.centres)
        cells = np.argpartition(apart, wanted - 1, axis=1)[:, :wanted]
        places, scores = np.full((len(asked), k), -1, np.int64), np.full((len(asked), k), np.nan, np.float32)
        for row, chosen in enumerate(cells):
            some = np.sort(np.concatenate([self.members[self.ends[at] : self.ends[at + 1]] for at in chosen]))
            found, score = ranked(HOWS[self.how](asked[row : row + 1], self.vectors[some]), k, self.how)
            places[row, : found.shape[1]], scores[row, : found.shape[1]] = some[found[0]], score[0]
        return places, scores


def index(vectors: Any, how: str = "cosine", cells: int | None = None, seed: int = 0) -> Index:
    """Put rows into cells.

    Args:
        vectors: (rows, width).
        how: one of similarity.HOWS; candidates come from cells of straight distance, scores are of this measure.
        cells: about the square root of the rows if it is not given.

    Raises:
        InputError: the measure is unknown or the vectors are none.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> made = index(rng.normal(size=(500, 8)))
        >>> made.nearest(made.vectors[:1], k=3)[0][0, 0].item()
        0
    """
    points = np.asarray(vectors, np.float32)
    if how not in HOWS:
        raise InputError(f"how must be one of {', '.join(HOWS)}; got {how!r}; correct its name")
    if points.ndim != 2 or not len(points) or not np.isfinite(points).all():
        raise InputError(f"vectors must be a table of finite numbers; got the shape {points.shape}; clean them first")
    placed = _placed(points, how)
    wanted = min(max(cells or round(np.sqrt(len(points))), 1), len(points))
    centres = _centres(placed, wanted, np.random.default_rng(seed))
    cell = _nearest_centre(placed, centres)
    order = np.argsort(cell, kind="stable")
    ends = np.r_[0, np.cumsum(np.bincount(cell, minlength=len(centres)))]
    return Index(points, how, centres, order.astype(np.int64), ends.astype(np.int64))


def recall(found: Ints, exact: Ints) -> float:
    """The share of the truly nearest rows that were found.

    Example:
        >>> recall(np.array([[1, 2]]), np.array([[2, 3]]))
        0.5
    """
    hits = sum(len(set(one.tolist()) & set(other.tolist())) for one, other in zip(found, exact, strict=True))
    return hits / max(exact.size, 1)


def squared(one: Floats, other: Floats) -> Floats:
    """(rows, rows) squared straight distances, up to rounding."""
    return np.asarray((one**2).sum(1)[:, None] - 2 * one @ other.T + (other**2).sum(1)[None, :], np.float32)


def _placed(points: Floats, how: str) -> Floats:
    """Points whose straight distance puts them in the order of the measure, where there are such."""
    if how == "pearson":
        points = points - points.mean(axis=1, keepdims=True)
    if how in ("cosine", "pearson"):
        lengths = np.maximum(np.linalg.norm(points, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return np.asarray(points / lengths, np.float32)
    return (points != 0).astype(np.float32) if how == "jaccard" else points


def _centres(points: Floats, cells: int, rng: np.random.Generator) -> Floats:
    """Lloyd's k-means on a sample, from rows drawn at random."""
    some = points[rng.choice(len(points), min(len(points), cells * LEARNED_FROM), replace=False)]
    centres = some[rng.choice(len(some), cells, replace=False)].copy()
    for _ in range(ROUNDS):
        cell = _nearest_centre(some, centres)
        sizes = np.bincount(cell, minlength=cells)
        sums = np.zeros_like(centres)
        np.add.at(sums, cell, some)
        empty = sizes == 0
        centres = np.asarray(sums / np.maximum(sizes, 1)[:, None], np.float32)
        centres[empty] = some[rng.choice(len(some), int(empty.sum()))]  # an empty cell starts anew
    return centres


def _nearest_centre(points: Floats, centres: Floats) -> Ints:
    cells = [squared(points[at : at + TURN], centres).argmin(axis=1) for at in range(0, len(points), TURN)]
    return np.concatenate(cells).astype(np.int64)
