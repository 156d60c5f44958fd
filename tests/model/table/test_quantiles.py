"""Are the pieces of a number those of a slow loop, where quantiles meet too?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from naeum.model.table.quantiles import MOST_COLUMNS, cut, edges_of


def slow(value: float, edges: np.ndarray) -> list[float]:
    found = []
    for low, high in pairwise(edges):
        if high > low:
            found.append(min(max((value - low) / (high - low), 0.0), 1.0) - 0.5)
        else:
            found.append((1.0 if value >= high else 0.0) - 0.5)
    return found


def test_pieces_are_those_of_a_loop() -> None:
    rng = np.random.default_rng(0)
    matrix = np.stack([rng.normal(size=50), np.repeat([0.0, 1.0], 25), np.maximum(rng.normal(size=50), 0)], axis=1)
    edges = edges_of(matrix, 4)
    assert np.isnan(edges[1]).all() and edges[2, 0] == edges[2, 1]  # half of the third column is 0
    new = np.array([[0.3, 1.0, 0.0], [9.0, 0.0, 0.2], [-9.0, 1.0, -1.0]])
    wanted = [[*row, *slow(row[0], edges[0]), *slow(row[2], edges[2])] for row in new]
    np.testing.assert_allclose(cut(new, edges), wanted)


def test_nothing_is_cut_where_nothing_is_asked_for_or_there_is_no_row() -> None:
    matrix = np.arange(12.0).reshape(6, 2)
    assert cut(matrix, edges_of(matrix, 0)) is matrix
    assert cut(matrix[:0], edges_of(matrix, 3)).shape == (0, 8)


def test_only_so_many_columns_are_cut() -> None:
    matrix = np.random.default_rng(0).normal(size=(5, MOST_COLUMNS + 9))
    assert np.isfinite(edges_of(matrix, 2)[:, 0]).sum() == MOST_COLUMNS
