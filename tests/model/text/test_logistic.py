"""Does our solver find the weights that scikit-learn finds?"""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from naeum.model.text.logistic import Cases, solve


def cases(classes: int, rows: int = 120, width: int = 40, seed: int = 0) -> tuple[Cases, np.ndarray]:
    rng = np.random.default_rng(seed)
    features = sp.random_array((rows, width), density=0.2, rng=rng, format="csr", dtype=np.float32)
    codes = (np.asarray(features.sum(axis=1)).ravel() * 3 + rng.normal(0, 1, rows)).astype(int) % classes
    targets = np.eye(classes, dtype=np.float32)[codes]
    return Cases(features, targets, rng.uniform(0.5, 2, rows).astype(np.float32)), codes


@pytest.mark.parametrize("c", [0.1, 4.0, 100.0])
def test_weights_equal_those_of_scikit_learn_for_each_class_against_the_rest(c: float) -> None:
    given, codes = cases(3)
    weights, biases = solve(given, c, tolerance=1e-5)
    for code in range(3):
        theirs = LogisticRegression(C=c, tol=1e-8, max_iter=5000)
        theirs.fit(given.features.toarray().astype(np.float64), codes == code, sample_weight=given.weights)
        scale = np.abs(theirs.coef_).max()
        np.testing.assert_allclose(weights[:, code] / scale, theirs.coef_[0] / scale, atol=3e-3)
        np.testing.assert_allclose(biases[code], theirs.intercept_[0], atol=2e-3 * scale)


def test_a_soft_target_is_a_row_seen_as_both_with_these_weights() -> None:
    given, _ = cases(2)
    soft = np.random.default_rng(1).uniform(0, 1, (len(given.weights), 1)).astype(np.float32)
    ours, bias = solve(Cases(given.features, soft, given.weights), 2.0, tolerance=1e-5)
    both = sp.vstack([given.features, given.features]).toarray().astype(np.float64)
    weights = np.concatenate([given.weights * soft[:, 0], given.weights * (1 - soft[:, 0])])
    theirs = LogisticRegression(C=2.0, tol=1e-8, max_iter=5000)
    theirs.fit(both, np.repeat([1, 0], len(soft)), sample_weight=weights)
    np.testing.assert_allclose(ours[:, 0], theirs.coef_[0], atol=1e-3)
    np.testing.assert_allclose(bias, theirs.intercept_, atol=1e-3)


def test_scales_are_those_of_the_features(monkeypatch: pytest.MonkeyPatch) -> None:
    given, _ = cases(3)
    scale = np.linspace(0.2, 3, given.features.shape[1], dtype=np.float32)[:, None]
    scaled = Cases((given.features * scale[:, 0]).tocsr(), given.targets, given.weights)
    wanted, biases = solve(scaled, 1.0, tolerance=1e-5)
    monkeypatch.setattr("naeum.model.text.logistic.BLOCK", given.features.shape[1])  # one class at a time
    found, found_biases = solve(
        given, 1.0, scales=lambda here: np.repeat(scale, here.stop - here.start, 1), tolerance=1e-5
    )
    np.testing.assert_allclose(found, wanted * scale, atol=1e-3)
    np.testing.assert_allclose(found_biases, biases, atol=1e-3)


def test_the_default_tolerance_answers_as_the_exact_solution() -> None:
    given, _ = cases(4, rows=400)
    quick, exact = solve(given, 4.0), solve(given, 4.0, tolerance=1e-6)
    answers = [(given.features @ weights + biases).argmax(axis=1) for weights, biases in (quick, exact)]
    assert (answers[0] == answers[1]).mean() > 0.97


def test_progress_is_told_and_nothing_to_learn_is_no_harm() -> None:
    given, _ = cases(2)
    told: list[tuple[int, int]] = []
    empty = Cases(sp.csr_array((5, 0), dtype=np.float32), np.eye(2, dtype=np.float32)[[0, 0, 0, 1, 1]], np.ones(5))
    _, biases = solve(empty, 1.0, report=lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]
    np.testing.assert_allclose(biases, [np.log(3 / 2), np.log(2 / 3)], atol=1e-5)
    assert given.features.shape[0] == 120
