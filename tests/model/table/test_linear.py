"""Are the weights those of scikit-learn, do wild targets pull less, and are labels and numbers learned?"""

import numpy as np
import pytest

from naeum.contract import Parts, Policy, subset
from naeum.errors import InputError
from naeum.model.table.linear import GRID, UNDECIDED, FittedTableLinear, TableLinear, _huber, _ridge
from naeum.model.table.products import crossed
from naeum.store import Store
from naeum.testing.worlds import prices, table

RNG = np.random.default_rng(0)
MATRIX, WEIGHTS = RNG.normal(size=(200, 4)) + 3, RNG.random(200) + 0.5
TRUTH = MATRIX @ [1.0, -2.0, 0.0, 0.5] + 7 + 0.1 * RNG.normal(size=200)


def test_ridge_is_that_of_scikit_learn():
    from sklearn.linear_model import Ridge

    found, bias = _ridge(MATRIX, TRUTH, WEIGHTS, 0.1)
    model = Ridge(alpha=10.0).fit(MATRIX, TRUTH, sample_weight=WEIGHTS)
    assert np.allclose(found, model.coef_, atol=1e-8) and bias == pytest.approx(model.intercept_)


def test_wild_targets_pull_less_with_hubers_loss():
    wild = TRUTH.copy()
    wild[:10] += 1000
    squared, _ = _ridge(MATRIX, wild, WEIGHTS, 1e3)
    robust, bias = _huber(MATRIX, wild, WEIGHTS, 1e3)
    assert np.abs(robust - [1, -2, 0, 0.5]).max() < 0.05 < np.abs(squared - [1, -2, 0, 0.5]).max()
    assert bias == pytest.approx(7, abs=0.2)


@pytest.mark.parametrize("classes", [2, 3])
def test_softmax_and_logistic_regression_are_those_of_scikit_learn(classes, run):
    from sklearn.linear_model import LogisticRegression

    given = table.parts(150)
    given = Parts(*(subset(part, np.flatnonzero(part.target < classes), "few") for part in (given.fit, given.tune)))
    fitted = TableLinear(c=1.0).fit(given, run)
    _, _, center, spread = fitted.weights
    fit, tune = ((fitted.encoder.matrix(part.rows) - center) / spread for part in (given.fit, given.tune))
    model = LogisticRegression(C=1.0, tol=1e-5, max_iter=500).fit(fit, given.fit.target)
    theirs = model.predict_proba(tune)
    ours = fitted.predict(given.tune.rows).probabilities[:, :classes]
    ours = ours / ours.sum(axis=1, keepdims=True)  # a class without rows keeps one in a million
    assert np.abs(ours - theirs).max() < 1e-6


def test_numbers_labels_and_products_are_learned(several, run, tmp_path):
    given = prices.parts(200)
    truth = given.tune.truth.to_numpy()
    for learner in (TableLinear(), TableLinear(loss="huber", target="log"), TableLinear(degree=2)):
        fitted = learner.fit(given, run)
        found = fitted.predict(given.tune.rows).scores
        assert 1 - np.mean((found[:, 0] - truth) ** 2) / truth.var() > 0.9
        store = Store(tmp_path, {"fitted_table_linear": FittedTableLinear})
        store.save("one", fitted)
        assert np.array_equal(store.load("one").predict(given.tune.rows).scores, found)
    outputs = TableLinear().fit(several, run).predict(several.tune.rows)
    south = [2 in codes for codes in several.tune.truth.to_pylist()]
    assert np.mean((outputs.probabilities[:, 2] > 0.5) == south) > 0.9 and outputs.probabilities[:, 1].max() < 1e-4


def test_c_is_decided_on_tune_and_written_down(run):
    given = table.parts(90)
    learner = TableLinear()
    decided = learner.fit(given, run).decided(learner)
    assert decided.c in GRID and decided.fit(given, run).decided(decided) == decided
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    assert learner.fit(bare, run).c == UNDECIDED


def test_balanced_classes_and_products():
    every = range(50)
    assert crossed(np.ones((2, 3)), 1, every).shape == (2, 3)
    assert crossed(np.ones((2, 3)), 2, (0, 1, 2)).shape == (2, 9) and crossed(np.ones((2, 3)), 2, (2,)).shape == (2, 4)
    assert crossed(np.ones((1, 50)), 2, every).shape == (1, 50 + 820)
    assert TableLinear(degree=2).nominal(100, 1, Policy()) > TableLinear().nominal(100, 1, Policy())


def test_settings_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"c must be 0 .* and degree 1 or 2; got -1 and 1; leave them out"):
        TableLinear(c=-1)
    with pytest.raises(InputError, match="loss must be one of squared, huber; got 'cubic'"):
        TableLinear(loss="cubic")
