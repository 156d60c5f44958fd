"""Is it scikit-learn's ridge regression, with many rows and with few, with weights?"""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge as Theirs

from naeum.engine.ridge import ridge


@pytest.mark.parametrize("rows", [80, 12])
@pytest.mark.parametrize("c", [0.01, 1.0, 100.0])
def test_it_is_scikit_learns_ridge_of_many_and_of_few_rows(rows: int, c: float) -> None:
    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=(rows, 20)) + 3).astype(np.float32)
    numbers = vectors[:, 0] * 2.0 + rng.normal(size=rows) + 50
    weights = rng.uniform(0, 2, rows)
    found = ridge(vectors, numbers, weights).at(c)
    theirs = Theirs(alpha=1 / c).fit(vectors.astype(np.float64), numbers, sample_weight=weights)
    np.testing.assert_allclose(found.logits(vectors)[:, 0], theirs.predict(vectors), rtol=1e-4)


def test_a_row_of_weight_zero_is_as_if_absent() -> None:
    rng = np.random.default_rng(1)
    vectors, numbers = rng.normal(size=(30, 4)).astype(np.float32), rng.normal(size=30)
    light = (np.arange(30) % 3 > 0).astype(np.float64)
    one = ridge(vectors, numbers, light).at(1.0)
    other = ridge(vectors[light > 0], numbers[light > 0], np.ones(20)).at(1.0)
    np.testing.assert_allclose(one.weights, other.weights, atol=1e-6)


def test_one_penalty_more_costs_one_solution_and_changes_nothing_of_another() -> None:
    rng = np.random.default_rng(2)
    given = ridge(rng.normal(size=(30, 4)).astype(np.float32), rng.normal(size=30), np.ones(30))
    first = given.at(1.0).weights
    assert np.linalg.norm(given.at(0.01).weights) < np.linalg.norm(first)
    np.testing.assert_array_equal(given.at(1.0).weights, first)
