"""Does logistic regression find the minimum that scikit-learn finds?"""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from naeum.engine.logistic import problem, solve


def blobs(rows=300, width=8, classes=4, seed=0):
    rng = np.random.default_rng(seed)
    target = rng.integers(0, classes, rows)
    vectors = rng.normal(size=(classes, width))[target] + rng.normal(size=(rows, width)) * np.linspace(0.1, 3, width)
    return vectors.astype(np.float32) + 5, target, rng.uniform(0.2, 2, rows).astype(np.float32)


def probabilities(logits):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("c", [0.01, 1.0, 30.0])
@pytest.mark.parametrize("classes", [3, 5])
def test_equal_to_scikit_learn(c, classes):
    vectors, target, weights = blobs(classes=classes)
    ours = solve(problem(vectors, target, weights, classes), c, tolerance=1e-7)
    theirs = LogisticRegression(C=c, tol=1e-8, max_iter=5000).fit(vectors.astype(np.float64), target, weights)
    np.testing.assert_allclose(probabilities(ours.logits(vectors)), theirs.predict_proba(vectors), atol=2e-3)
    np.testing.assert_allclose(ours.weights.T, theirs.coef_, atol=5e-3, rtol=5e-3)


def test_the_usual_tolerance_is_close_enough():
    vectors, target, weights = blobs()
    given = problem(vectors, target, weights, 4)
    quick, exact = solve(given, 1.0), solve(given, 1.0, tolerance=1e-7)
    assert np.abs(probabilities(quick.logits(vectors)) - probabilities(exact.logits(vectors))).max() < 0.02


def test_a_start_leads_to_the_same_minimum():
    vectors, target, weights = blobs()
    given = problem(vectors, target, weights, 4)
    direct = solve(given, 1.0, tolerance=1e-7)
    led = solve(given, 1.0, start=solve(given, 0.01), tolerance=1e-7)
    np.testing.assert_allclose(led.logits(vectors), direct.logits(vectors), atol=2e-2)


def test_soft_targets_of_certainty_equal_hard_ones():
    vectors, target, weights = blobs()
    soft = np.eye(4, dtype=np.float32)[target]
    one = solve(problem(vectors, target, weights, 4), 1.0, tolerance=1e-7)
    two = solve(problem(vectors, soft, weights, 4), 1.0, tolerance=1e-7)
    np.testing.assert_allclose(one.logits(vectors), two.logits(vectors), atol=1e-2)


def test_soft_targets_equal_rows_split_by_their_shares():
    vectors, target, weights = blobs(rows=100)
    other = (target + 1) % 4
    soft = 0.7 * np.eye(4, dtype=np.float32)[target] + 0.3 * np.eye(4, dtype=np.float32)[other]
    one = solve(problem(vectors, soft, weights, 4), 1.0, tolerance=1e-7)
    doubled = (
        np.vstack([vectors, vectors]),
        np.r_[target, other],
        np.r_[weights * 0.7, weights * 0.3].astype(np.float32),
    )
    two = solve(problem(*doubled, 4), 1.0, tolerance=1e-7)
    np.testing.assert_allclose(probabilities(one.logits(vectors)), probabilities(two.logits(vectors)), atol=2e-3)


def test_a_class_without_rows_and_a_coordinate_that_never_varies():
    vectors, target, weights = blobs(classes=2)
    vectors[:, 0] = 1.0
    found = solve(problem(vectors, target, weights, 3), 1.0)
    assert np.isfinite(found.logits(vectors)).all()
    assert (found.logits(vectors).argmax(axis=1) != 2).all()


def test_several_labels_are_one_logistic_regression_each() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(200, 6)).astype(np.float32)
    wanted = (vectors[:, :3] + rng.normal(size=(200, 3)) > 0.5).astype(np.float32)
    weights = rng.uniform(0.5, 1.5, 200).astype(np.float32)
    found = solve(problem(vectors, wanted, weights, 3), 0.3, tolerance=1e-6, link="sigmoid").logits(vectors)
    for label in range(3):
        theirs = LogisticRegression(C=0.3, tol=1e-8, max_iter=1000).fit(vectors, wanted[:, label], weights)
        np.testing.assert_allclose(found[:, label], theirs.decision_function(vectors), atol=3e-3)


def test_a_label_that_no_row_has_is_improbable() -> None:
    vectors = np.random.default_rng(4).normal(size=(60, 4)).astype(np.float32)
    wanted = np.zeros((60, 2), np.float32)
    wanted[::2, 0] = 1
    found = solve(problem(vectors, wanted, np.ones(60, np.float32), 2), 1.0, link="sigmoid").logits(vectors)
    assert np.isfinite(found).all() and (found[:, 1] < -3).all()
