"""Is it scikit-learn's ridge, and does Huber's loss hold against wild targets?"""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.optimize import minimize
from sklearn.linear_model import Ridge

from naeum.model.text.squares import solve
from naeum.train.objectives import HUBER_REACH


def rows(n: int = 120, seed: int = 0) -> tuple[sp.csr_array, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    features = sp.random_array((n, 30), density=0.3, rng=rng, format="csr", dtype=np.float64)
    truth = rng.normal(size=30)
    return features, features @ truth + 0.3 * rng.normal(size=n) + 2, rng.uniform(0, 2, n)


@pytest.mark.parametrize("c", [0.1, 1.0, 30.0])
def test_squares_are_scikit_learns_ridge(c: float) -> None:
    features, numbers, weights = rows()
    found, bias = solve(features, numbers, weights, c)
    theirs = Ridge(1 / c, tol=1e-8).fit(features, numbers, sample_weight=weights)
    np.testing.assert_allclose(features @ found + bias, theirs.predict(features), atol=2e-3)


def test_huber_is_the_minimum_of_its_loss() -> None:
    features, numbers, weights = rows(60)
    numbers[:5] += 40
    dense = features.toarray()

    def loss(point: np.ndarray) -> float:
        away = np.abs(dense @ point[:-1] + point[-1] - numbers)
        cost = np.where(away < HUBER_REACH, 0.5 * away**2, HUBER_REACH * (away - 0.5 * HUBER_REACH))
        return float(0.5 * point[:-1] @ point[:-1] + 2.0 * weights @ cost)

    exact = minimize(loss, np.zeros(31), method="BFGS", options={"maxiter": 3000, "gtol": 1e-4})
    found, bias = solve(features, numbers, weights, 2.0, "huber")
    assert loss(np.append(found, bias)) == pytest.approx(exact.fun, rel=1e-3)


def test_wild_targets_pull_less_under_huber() -> None:
    features, numbers, weights = rows(seed=2)
    clean, _ = solve(features, numbers, weights, 10.0)
    wild = numbers.copy()
    wild[:6] += 60
    away = [np.linalg.norm(solve(features, wild, weights, 10.0, loss)[0] - clean) for loss in ("squared", "huber")]
    assert away[1] < 0.3 * away[0]


def test_rows_of_weight_zero_say_nothing() -> None:
    features, numbers, weights = rows()
    weights[::3] = 0
    kept = weights > 0
    one = solve(features, numbers, weights, 1.0)
    other = solve(features[kept], numbers[kept], weights[kept], 1.0)
    np.testing.assert_allclose(one[0], other[0], atol=1e-3)
