"""Do forests answer as scikit-learn's do, and learn what there is to learn?"""

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.errors import InputError
from naeum.model.table.forest import LOT, Forest
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import prices, table


@pytest.mark.parametrize("how", ["random", "extra", "bagging"])
def test_they_answer_as_scikit_learn_does(how, run):
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

    given = table.parts(150)
    fitted = Forest(how=how, trees=20).fit(given, run)
    make = ExtraTreesClassifier if how == "extra" else RandomForestClassifier
    features = None if how == "bagging" else "sqrt"
    model = make(20, min_samples_leaf=2, max_features=features, random_state=0)
    matrix = np.asarray(fitted.encoder.matrix(given.fit.rows), np.float32)
    model.fit(matrix, given.fit.target, sample_weight=np.ones(150))  # with weights rows are drawn otherwise
    theirs = model.predict_proba(np.asarray(fitted.encoder.matrix(given.tune.rows), np.float32))
    assert np.abs(fitted.predict(given.tune.rows).probabilities - theirs).max() < 1e-5


def test_numbers_and_labels_are_learned(several, run):
    given = prices.parts(200)
    truth = given.tune.truth.to_numpy()
    for target in ("none", "log"):
        found = Forest(trees=40, columns=1.0, target=target).fit(given, run).predict(given.tune.rows).scores[:, 0]
        assert 1 - np.mean((found - truth) ** 2) / truth.var() > 0.9
    outputs = Forest(trees=40).fit(several, run).predict(several.tune.rows)
    dear = [0 in codes for codes in several.tune.truth.to_pylist()]
    assert np.mean((outputs.probabilities[:, 0] > 0.5) == dear) > 0.9
    assert outputs.link == "sigmoid" and outputs.probabilities[:, 1].max() < 1e-4


def test_balanced_weights_help_the_rare_class(run):
    given = table.parts(90)
    rare = np.flatnonzero((given.fit.target != 2) | (np.arange(90) < 12))
    from naeum.contract import Parts, subset

    few = Parts(subset(given.fit, rare, "few"), given.tune)
    plain, even = (
        Forest(trees=40, least_rows=8, class_weight=how)
        .fit(few, run)
        .predict(given.tune.rows)
        .probabilities[:, 2]
        .mean()
        for how in ("none", "balanced")
    )
    assert even > plain + 0.05


def test_a_forest_that_is_short_of_time_is_smaller(tmp_path):
    fitted = Forest(trees=500).fit(table.parts(30), TinyRun(tmp_path, seconds=-1.0))
    assert len(fitted.trees) == LOT and not fitted.complete


def test_settings_out_of_range_are_refused_and_bagging_takes_longer():
    with pytest.raises(InputError, match=r"trees and least_rows must be 1 or more and columns in \[0, 1\]; got 0, 2"):
        Forest(trees=0)
    with pytest.raises(InputError, match="how must be one of random, extra, bagging; got 'dark'"):
        Forest(how="dark")
    assert Forest(how="bagging").nominal(1000, 1, Policy()) > Forest().nominal(1000, 1, Policy())
