"""Does boosting answer as scikit-learn's does, stop in time, and learn what there is to learn?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import Parts, Policy, subset
from naeum.errors import InputError
from naeum.model.table.boosting import ROUND, Boosting
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import prices, table

QUICK = Boosting(rounds=60, least_rows=5, leaves=8)


def without_tune(given):
    return Parts(given.fit, subset(given.tune, [], "none"))


@pytest.mark.parametrize("classes", [2, 3])
def test_it_answers_as_scikit_learn_does(classes, run):
    from sklearn.ensemble import HistGradientBoostingClassifier

    given = table.parts(150)
    if classes == 2:
        given = Parts(*(subset(part, np.flatnonzero(part.target < 2), "two") for part in (given.fit, given.tune)))
    fitted = replace(QUICK, features=1.0).fit(without_tune(given), run)
    matrix = fitted.encoder.matrix(given.fit.rows)
    model = HistGradientBoostingClassifier(
        learning_rate=0.06, max_iter=60, max_leaf_nodes=8, min_samples_leaf=5, l2_regularization=1.0,
        categorical_features=list(fitted.encoder.codes), early_stopping=False, random_state=0,
    ).fit(matrix, given.fit.target)  # fmt: skip
    theirs = model.predict_proba(fitted.encoder.matrix(given.tune.rows))
    ours = fitted.predict(given.tune.rows).probabilities[:, :classes]
    ours = ours / ours.sum(axis=1, keepdims=True)  # a class without rows keeps one in a million
    assert np.abs(ours - theirs).max() < 1e-6


def test_numbers_are_learned_in_their_own_units(run):
    given = prices.parts(200)
    for target in ("none", "log"):
        found = replace(QUICK, target=target).fit(given, run).predict(given.tune.rows).scores[:, 0]
        truth = given.tune.truth.to_numpy()
        assert 1 - np.mean((found - truth) ** 2) / truth.var() > 0.9


def test_several_labels_are_learned_side_by_side(several, run):
    outputs = QUICK.fit(several, run).predict(several.tune.rows)
    truth = [tuple(several.tune.task.classes[code] for code in codes) for codes in several.tune.truth.to_pylist()]
    assert np.mean([one == other for one, other in zip(outputs.labels, truth, strict=True)]) > 0.9
    assert outputs.link == "sigmoid" and outputs.probabilities[:, 1].max() < 1e-3  # the label that no row has


def test_it_stops_where_tune_gains_nothing_and_says_where(run):
    given = table.parts(96)
    shuffled = replace(given.fit, target=np.random.default_rng(0).permutation(given.fit.target))
    learner = replace(QUICK, rounds=1000, learning_rate=0.3)
    fitted = learner.fit(Parts(shuffled, given.tune), run)
    decided = fitted.decided(learner)
    assert decided.rounds == ROUND and decided.patience == 0 and fitted.complete
    assert len(fitted.trees) == 3 * ROUND
    again = decided.fit(without_tune(Parts(shuffled, given.tune)), run)
    assert np.array_equal(again.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)


def test_it_ends_when_the_time_is_over(tmp_path):
    fitted = replace(QUICK, rounds=500).fit(table.parts(60), TinyRun(tmp_path, seconds=-1.0))
    assert not fitted.complete and len(fitted.trees) == 3 * ROUND


def test_settings_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"rounds and least_rows must be 1 or more, .* got 0, 20, 31"):
        Boosting(rounds=0)
    with pytest.raises(InputError, match="target must be one of none, log; got 'root'"):
        Boosting(target="root")


def test_more_rows_take_more_time():
    assert Boosting().nominal(10_000, 10, Policy()) > Boosting().nominal(1_000, 10, Policy()) > 0
