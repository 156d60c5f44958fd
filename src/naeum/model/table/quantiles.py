"""How does a network see a number sharply? As pieces between its quantiles.

Gorishniy et al. 2022, "On embeddings for numerical features in tabular deep learning" (section 3.2, piecewise linear
encoding): of the edges b_0 < … < b_T, piece t says how much of [b_{t-1}, b_t] lies below the number, from 0 to 1. A
linear map of the pieces can then bend at every edge.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum import sets

Doubles = npt.NDArray[np.float64]
MOST_COLUMNS = 256  # of numbers that are cut: more would make rows of many thousand pieces


def edges_of(matrix: Doubles, pieces: int) -> Doubles:
    """(columns, pieces + 1) the quantiles of each column that has more than two values; NaN in those left as they are.

    Example:
        >>> edges_of(np.array([[0.0, 1], [1, 0], [2, 1], [3, 1], [4, 0]]), 2).tolist()
        [[0.0, 2.0, 4.0], [nan, nan, nan]]
    """
    found = np.full((matrix.shape[1], pieces + 1), np.nan)
    if not pieces:
        return found
    many = [at for at, column in enumerate(matrix.T) if len(sets.unique(column)) > 2][:MOST_COLUMNS]
    found[many] = np.quantile(matrix[:, many], np.linspace(0, 1, pieces + 1), axis=0).T
    return found


def cut(matrix: Doubles, edges: Doubles) -> Doubles:
    """(rows, more) the matrix, then the pieces of the columns that have edges, from -1/2 to 1/2.

    Example:
        >>> cut(np.array([[3.0, 1]]), np.array([[0.0, 2, 4], [np.nan] * 3])).tolist()
        [[3.0, 1.0, 0.5, 0.0]]
    """
    which = np.flatnonzero(np.isfinite(edges[:, 0]))
    if not len(which):
        return matrix
    low, high = edges[which, :-1], edges[which, 1:]  # (columns, pieces)
    values = matrix[:, which, None]
    wide = np.where(high > low, high - low, 1.0)
    share = np.where(high > low, (values - low) / wide, values >= high)  # two quantiles in one place: a step
    return np.concatenate([matrix, np.clip(share, 0, 1).reshape(len(matrix), low.size) - 0.5], axis=1)


def sharp(matrix: Doubles, edges: Doubles, center: Doubles, spread: Doubles) -> npt.NDArray[np.float32]:
    """(rows, more) what a network reads of a matrix: its columns in standard deviations, then the pieces of some.

    Args:
        matrix: (rows, width).
        edges: as `edges_of` gave them.
        center, spread: (width,) what is taken from each column, and what it is divided by.
    """
    pieces = cut(matrix, edges)[:, matrix.shape[1] :]
    return np.concatenate([(matrix - center) / spread, pieces], axis=1).astype(np.float32)
