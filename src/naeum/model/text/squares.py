"""How are the weights of a regression found on many sparse features?

A column of weights v and a bias b that minimise

    ½ |v|² + c Σ_i w_i ρ(t_i - x_i v - b)

where ρ(r) is ½ r², or Huber's: ½ r² up to a reach and linear beyond it, so that a few wild targets pull less. Squares
are a linear system, solved by conjugate gradients; Huber's minimum is that of squares in which a row weighs the less
the farther it is beyond the reach, found by weighing a few times anew. The bias is not regularized.

References:
    Hoerl & Kennard 1970, "Ridge regression".
    Hestenes & Stiefel 1952, "Methods of conjugate gradients for solving linear systems".
    Huber 1964, "Robust estimation of a location parameter".
    Holland & Welsch 1977, "Robust regression using iteratively reweighted least-squares".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats
from naeum.extras import need
from naeum.train.objectives import HUBER_REACH

LOSSES = ("squared", "huber")
MOST_STEPS = 500  # of conjugate gradients; texts need tens
TOLERANCE = 1e-4  # of the residual, relative: below it neither answers nor ranks move
MOST_WEIGHINGS = 20  # of the rows, for Huber's loss
STEADY = 1e-3  # standard deviations: where no answer moves farther, weighing ends

Doubles = npt.NDArray[np.float64]


def solve(features: Any, numbers: Doubles, weights: Doubles, c: float, loss: str = "squared") -> tuple[Floats, float]:
    """Weights of the features (width,) and the bias.

    Args:
        features: scipy CSR, (rows, width).
        numbers: (rows,) in standard deviations.
        weights: (rows,).
        c: how freely the weights follow the rows.
        loss: "squared" or "huber".

    Example:
        >>> import scipy.sparse as sp
        >>> features = sp.csr_array(np.array([[0.0], [1], [2]]))
        >>> weights, bias = solve(features, np.array([1.0, 3, 5]), np.ones(3), c=1e6)
        >>> weights.round(2).tolist(), round(bias, 2)
        ([2.0], 1.0)
    """
    slopes, bias = _squares(features, numbers, weights, c, None)
    if loss == "huber":
        away = np.asarray(features @ slopes) + bias - numbers
        for _ in range(MOST_WEIGHINGS):
            lighter = weights * np.minimum(1.0, HUBER_REACH / np.maximum(np.abs(away), HUBER_REACH))
            slopes, bias = _squares(features, numbers, lighter, c, slopes)
            before, away = away, np.asarray(features @ slopes) + bias - numbers
            if np.abs(away - before).max(initial=0.0) < STEADY:
                break
    return np.asarray(slopes, np.float32), float(bias)


def _squares(
    features: Any, numbers: Doubles, weights: Doubles, c: float, start: Doubles | None
) -> tuple[Doubles, float]:
    """The minimum for squares: (1/c + Xᵀ W X) v = Xᵀ W t with X and t centred by weight, which is what a bias does."""
    linalg = need("scipy.sparse.linalg", "regression on n-grams")
    flipped, width = features.T.tocsr(), features.shape[1]
    total = max(float(weights.sum()), 1e-12)
    center, middle = np.asarray(flipped @ weights) / total, float(weights @ numbers) / total

    def times(v: Doubles) -> Doubles:
        along = weights * (features @ v - center @ v)
        return np.asarray(v / c + flipped @ along - center * along.sum())

    wanted = weights * (numbers - middle)
    system = linalg.LinearOperator((width, width), matvec=times, dtype=np.float64)
    found, _ = linalg.cg(system, flipped @ wanted - center * wanted.sum(), x0=start, rtol=TOLERANCE, maxiter=MOST_STEPS)
    return found, middle - float(center @ found)
