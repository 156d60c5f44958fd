"""Does AdaBoost answer as scikit-learn's does, for classes and for numbers?"""

import numpy as np
import pytest
from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from naeum.contract import Parts, Policy, subset
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.table.adaboost import AdaBoost
from naeum.testing.worlds import prices, table


def matrices(fitted, given):
    return (np.asarray(fitted.encoder.matrix(part.rows), np.float32) for part in (given.fit, given.tune))


@pytest.mark.parametrize("classes", [2, 3])
def test_votes_are_those_of_scikit_learn(classes, run):
    given = table.parts(120)
    given = Parts(*(subset(part, np.flatnonzero(part.target < classes), "few") for part in (given.fit, given.tune)))
    fitted = AdaBoost(trees=15).fit(given, run)
    fit, tune = matrices(fitted, given)
    model = AdaBoostClassifier(DecisionTreeClassifier(max_depth=3), n_estimators=15, learning_rate=0.5, random_state=0)
    theirs = model.fit(fit, given.fit.target).predict_proba(tune)
    assert np.abs(fitted.predict(given.tune.rows).probabilities[:, :classes] - theirs).max() < 1e-5


def test_numbers_are_the_weighted_median_of_the_trees(run):
    given = prices.parts(120)
    fitted = AdaBoost(trees=15).fit(given, run)
    fit, tune = matrices(fitted, given)
    model = AdaBoostRegressor(DecisionTreeRegressor(max_depth=3), n_estimators=15, learning_rate=0.5, random_state=0)
    theirs = model.fit(fit, fitted.scale.apply(given.fit.truth.to_numpy())).predict(tune)
    assert np.allclose(fitted.predict(given.tune.rows).scores[:, 0], fitted.scale.undo(theirs), rtol=1e-6)


def test_it_learns_no_several_labels_and_refuses_no_tree(several):
    assert claims(AdaBoost(), table.TASK) and not claims(AdaBoost(), several.fit.task)
    with pytest.raises(InputError, match="trees and depth must be 1 or more and learning_rate above 0; got 0, 3 and"):
        AdaBoost(trees=0)
    assert AdaBoost(depth=6).nominal(100, 1, Policy()) == 2 * AdaBoost().nominal(100, 1, Policy())
