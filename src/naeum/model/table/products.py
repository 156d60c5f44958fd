"""What is the weighted sum of a table's columns and of their products? Arithmetic on plain arrays alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from naeum.model.table.form import Doubles

MOST_PRODUCTS = 40  # columns of which the products are taken: 820 more


def crossed(matrix: Doubles, degree: int, which: Sequence[int]) -> Doubles:
    """(rows, more) the matrix, at degree 2 with the products of every two of the columns `which`, the first ones.

    Example:
        >>> crossed(np.array([[2.0, 3.0, 5.0]]), 2, (0, 2)).tolist()
        [[2.0, 3.0, 5.0, 4.0, 10.0, 25.0]]
    """
    if degree == 1:
        return matrix
    few = matrix[:, list(which)[:MOST_PRODUCTS]]
    left, right = np.triu_indices(few.shape[1])
    return np.concatenate([matrix, few[:, left] * few[:, right]], axis=1)


def summed(matrix: Doubles, weights: Sequence[Doubles], degree: int, which: Sequence[int]) -> Doubles:
    """(rows, columns) of the answer.

    Args:
        matrix: (rows, width) as an encoder made it.
        weights: (width, columns), their (columns,) biases, and (width,) what is taken from each column and what it is
            divided by.
        degree: 2: with products of the columns `which`.
        which: see `crossed`.
    """
    slopes, biases, center, spread = weights
    return np.asarray((crossed(matrix, degree, which) - center) / spread @ slopes + biases, np.float64)
