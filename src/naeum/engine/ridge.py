"""How is a number fitted on dense vectors, quickly and for many penalties?

Ridge regression (Hoerl & Kennard 1970):

    sum_i w_i (y_i - x_i w - b)² + |w|² / c

has its minimum where a linear system is solved: of as many equations as the vectors are wide, or, where there are fewer
rows than that, as there are rows (the same solution by the inner products of rows). The products are made once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats
from naeum.engine.logistic import Linear
from naeum.extras import need

BLOCK = 16_384  # rows multiplied at a time, in double precision

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ridge:
    """Vectors and numbers prepared once for many fits with different c; made by `ridge`."""

    vectors: Doubles | None  # (rows, width) centred, times the root of their weights, where rows are fewer than width
    products: Doubles  # (width, width), or (rows, rows), of the weighted centred vectors
    moments: Doubles  # (width,) of vectors with numbers, or (rows,) the centred weighted numbers
    center: Doubles  # (width,)
    middle: float  # mean of the numbers

    def at(self, c: float) -> Linear:
        """The minimum at `c` (larger: less regularised), as a map of width to one number.

        Example:
            >>> found = ridge(np.array([[0.0], [1], [2]], np.float32), np.array([1.0, 3, 5]), np.ones(3)).at(1e6)
            >>> found.logits(np.array([[10.0]], np.float32)).round(2).tolist()
            [[21.0]]
        """
        linalg = need("scipy.linalg", "ridge regression")
        system = self.products.copy()
        system[np.diag_indices_from(system)] += 1 / c
        found = linalg.solve(system, self.moments, assume_a="pos", overwrite_a=True, check_finite=False)
        weights = found if self.vectors is None else self.vectors.T @ found
        bias = self.middle - self.center @ weights
        return Linear(np.asarray(weights[:, None], np.float32), np.asarray([bias], np.float32))


def ridge(vectors: Floats, numbers: Doubles, weights: npt.NDArray[np.floating]) -> Ridge:
    """Prepare vectors (rows, width) with numbers (rows,) and weights (rows,)."""
    share = np.asarray(weights, np.float64)
    center, middle = share @ vectors / share.sum(), float(share @ numbers / share.sum())
    roots = np.sqrt(share)
    away = (numbers - middle) * roots
    rows, width = vectors.shape
    if rows < width:
        scaled = (vectors - center) * roots[:, None]
        return Ridge(scaled, scaled @ scaled.T, away, center, middle)
    products, moments = np.zeros((width, width)), np.zeros(width)
    for start in range(0, rows, BLOCK):
        part = slice(start, start + BLOCK)
        scaled = (vectors[part] - center) * roots[part, None]
        products += scaled.T @ scaled
        moments += scaled.T @ away[part]
    return Ridge(None, products, moments, center, middle)
