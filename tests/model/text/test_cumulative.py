"""Are proportional odds those of an independent solution, and their gradient the slope?"""

import numpy as np
import pytest

from naeum.model.text.cumulative import _by_point, _cuts, _loss, chances, solve

scipy = pytest.importorskip("scipy")


def made(rows=300, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, 3))
    latent = x @ np.array([1.5, -1.0, 0.0]) + rng.logistic(size=rows)
    return x, np.digitize(latent, [-1.0, 0.5, 2.0])


def test_known_slopes_and_cut_points_come_back():
    x, codes = made(4000)
    slopes, cuts = solve(x, np.eye(4)[codes], np.ones(4000), c=1e4)
    assert slopes == pytest.approx([1.5, -1.0, 0.0], abs=0.12) and cuts == pytest.approx([-1.0, 0.5, 2.0], abs=0.15)


def test_equal_to_a_derivative_free_minimum():
    from scipy.optimize import minimize

    x, codes = made(120)

    def loss(point):
        cuts = np.array([point[3], point[3] + np.exp(point[4]), point[3] + np.exp(point[4]) + np.exp(point[5])])
        ends = 1 / (1 + np.exp(-(np.concatenate([[-np.inf], cuts, [np.inf]])[None] - (x @ point[:3])[:, None])))
        told = np.diff(ends, axis=1)[np.arange(120), codes]
        return 0.5 * point[:3] @ point[:3] - 2.0 * np.log(told).sum()

    other = minimize(loss, np.zeros(6), method="Powell", options={"xtol": 1e-8, "ftol": 1e-12, "maxiter": 20_000})
    slopes, _ = solve(x, np.eye(4)[codes], np.ones(120), c=2.0)
    assert slopes == pytest.approx(other.x[:3], abs=0.01)


def test_two_classes_are_logistic_regression():
    linear = pytest.importorskip("sklearn.linear_model")
    x, codes = made(200)
    codes = (codes > 1).astype(int)
    slopes, cuts = solve(x, np.eye(2)[codes], np.ones(200), c=3.0)
    other = linear.LogisticRegression(C=3.0, tol=1e-8).fit(x, codes)
    assert slopes == pytest.approx(other.coef_[0], abs=5e-3) and -cuts[0] == pytest.approx(
        other.intercept_[0], abs=5e-3
    )


def test_the_gradient_is_the_slope_of_the_loss():
    rng = np.random.default_rng(0)
    margins, point, shares = rng.normal(size=6), rng.normal(size=3) / 2, rng.dirichlet(np.ones(4), 6)
    weights = rng.random(6)
    here, by_margin, by_cut = _loss(margins, _cuts(point), shares, weights)
    step = 1e-6
    for at in range(6):
        away = _loss(margins + step * (np.arange(6) == at), _cuts(point), shares, weights)[0]
        assert (away - here) / step == pytest.approx(by_margin[at], abs=1e-4)
    for at in range(3):
        away = _loss(margins, _cuts(point + step * (np.arange(3) == at)), shares, weights)[0]
        assert (away - here) / step == pytest.approx(_by_point(by_cut, point)[at], abs=1e-4)


def test_far_margins_keep_their_digits():
    found = chances(np.array([-500.0, 500.0]), np.array([-1.0, 1.0]))
    assert np.isfinite(np.log(np.maximum(found, 1e-300))).all() and found[0, 0] == found[1, 2] == 1.0
