"""Do linear models learn from labels, weights and soft targets, and decide only what they are told to decide?"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.text import linear
from naeum.model.text.examples import texts
from naeum.model.text.linear import NEVER, FittedLinear, NaiveBayesLogistic, TfidfLogistic, ratios
from naeum.model.text.logistic import Cases
from naeum.testing.data import dataset, make, parts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels

BOTH = (TfidfLogistic(), NaiveBayesLogistic())


def fit(learner: Any, given: Parts, tmp_path: Path) -> FittedLinear:
    return learner.fit(given, TinyRun(tmp_path))  # type: ignore[no-any-return]


@pytest.mark.parametrize("learner", BOTH)
@pytest.mark.parametrize("korean", [False, True])
@pytest.mark.parametrize("classes", [2, 3])
def test_the_truth_is_learned(learner: Any, korean: bool, classes: int, tmp_path: Path) -> None:
    given = parts(90, classes=classes, korean=korean)
    assert (fit(learner, given, tmp_path).predict(given.tune.rows).codes == given.tune.target).mean() >= 0.95


@pytest.mark.parametrize("classes", [2, 3])
def test_margins_equal_those_of_scikit_learn(classes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = linear.solve
    monkeypatch.setattr(linear, "solve", lambda cases, c, **named: exact(cases, c, **named, tolerance=1e-6))
    given = parts(90, classes=classes, noise=0.2)
    fitted = fit(TfidfLogistic(c=2.0), given, tmp_path)
    learn = fitted.vocabulary.weighted(texts(given.fit.rows, given.fit.task)).toarray().astype(np.float64)
    ask = fitted.vocabulary.weighted(texts(given.tune.rows, given.fit.task)).toarray()
    scores = fitted.predict(given.tune.rows).scores
    for code in range(classes) if classes > 2 else (1,):
        theirs = LogisticRegression(C=2.0, tol=1e-9, max_iter=5000).fit(learn, given.fit.target == code)
        ours = scores[:, code] - (scores[:, 0] if classes == 2 else 0)
        np.testing.assert_allclose(ours, theirs.decision_function(ask), atol=1e-3)


def test_the_same_weights_give_the_margins_of_scikit_learn(tmp_path: Path) -> None:
    given = parts(90, classes=3, korean=True)
    fitted = fit(TfidfLogistic(), given, tmp_path)
    theirs = LogisticRegression().fit(np.eye(3), [0, 1, 2])
    theirs.coef_, theirs.intercept_ = fitted.weights.T.astype(np.float64), fitted.biases.astype(np.float64)
    theirs.n_features_in_ = fitted.vocabulary.width
    wanted = theirs.decision_function(fitted.vocabulary.weighted(texts(given.tune.rows, given.fit.task)))
    np.testing.assert_allclose(fitted.predict(given.tune.rows).scores, wanted, atol=1e-5)


def test_the_ratio_of_a_word_says_how_much_more_often_a_class_has_it() -> None:
    import scipy.sparse as sp

    present = sp.csr_array(np.array([[0.5, 0.1], [0.2, 0], [0, 0.9]], np.float32))
    cases = Cases(present, np.eye(2, dtype=np.float32)[[0, 0, 1]], np.ones(3, np.float32))
    found = ratios(cases, 1.0)(slice(0, 2))
    inside, outside = np.array([3, 2]), np.array([1, 2])  # rows with each feature in class 0 and elsewhere, plus one
    wanted = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    np.testing.assert_allclose(found, np.stack([wanted, -wanted], axis=1), rtol=1e-6)


@pytest.mark.parametrize("learner", BOTH)
def test_a_row_of_weight_two_is_the_row_twice(learner: Any, tmp_path: Path) -> None:
    data = make(40, noise=0.3)
    twice = subset(data, [*range(40), 0, 2, 4], "twice")
    heavy = replace(data, weight=np.isin(np.arange(40), [0, 2, 4]) + np.float32(1))
    exact = replace(learner, min_df=1, c=1.0)
    one, other = (fit(exact, Parts(each, each), tmp_path).predict(data.rows).scores for each in (twice, heavy))
    # The inverse document frequency counts rows, not weights, and a mean weight of one scales c: near, not equal.
    assert (one.argmax(1) == other.argmax(1)).mean() >= 0.95


@pytest.mark.parametrize("learner", BOTH)
def test_soft_targets_move_the_answers(learner: Any, tmp_path: Path) -> None:
    data = make(40)
    unsure = replace(data, soft=np.full((40, 2), 0.5, np.float32))
    probabilities = fit(learner, Parts(unsure, data), tmp_path).predict(data.rows).probabilities
    np.testing.assert_allclose(probabilities, 0.5, atol=0.02)
    turned = replace(data, soft=np.eye(2, dtype=np.float32)[1 - data.target])
    assert (fit(learner, Parts(turned, data), tmp_path).predict(data.rows).codes != data.target).all()


@pytest.mark.parametrize("learner", BOTH)
@pytest.mark.parametrize("there", [[0, 1], [1], [2]])
def test_a_class_without_rows_gets_next_to_nothing(learner: Any, there: list[int], tmp_path: Path) -> None:
    data = make(60, classes=3)
    some = subset(data, np.flatnonzero(np.isin(data.target, there)), "some")
    outputs = fit(learner, Parts(some, data), tmp_path).predict(data.rows)
    absent = [code for code in range(3) if code not in there]
    assert (outputs.probabilities[:, absent] < 1e-4).all()
    assert (outputs.scores[:, absent] == NEVER).all()


@pytest.mark.parametrize("learner", BOTH)
def test_a_c_of_zero_is_decided_on_tune_and_written_down(learner: Any, tmp_path: Path) -> None:
    given = parts(60, noise=0.3)
    fitted = fit(replace(learner, c=0.0), given, tmp_path)
    assert fitted.c in linear.GRID
    decided = fitted.decided(replace(learner, c=0.0))
    assert decided == replace(learner, c=fitted.c)
    again = fit(decided, Parts(given.fit, subset(given.tune, [], "none")), tmp_path)
    np.testing.assert_array_equal(again.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    assert (
        fit(replace(learner, c=0.0), Parts(given.fit, subset(given.tune, [], "none")), tmp_path).c == linear.UNDECIDED
    )


def test_balanced_weights_give_the_rare_class_its_due(tmp_path: Path) -> None:
    data = make(300, noise=0.3)
    rare = subset(data, np.flatnonzero((data.target == 0) | (np.arange(300) % 10 == 1)), "rare")
    plain, balanced = (
        fit(TfidfLogistic(class_weight=way, c=1.0), Parts(rare, data), tmp_path).predict(data.rows).codes.mean()
        for way in ("none", "balanced")
    )
    assert balanced > plain + 0.05


def test_a_single_row_is_answered_in_about_a_millisecond(tmp_path: Path) -> None:
    given = parts(60, korean=True)
    fitted = fit(TfidfLogistic(), given, tmp_path)
    row = given.tune.rows.slice(0, 1)
    fitted.predict(row)
    best = min(_seconds(lambda: fitted.predict(row)) for _ in range(50))
    assert best < 3e-3  # of a busy machine; 0.4 ms on a free one


def _seconds(call: Any) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "learner, say",
    [
        (TfidfLogistic(class_weight="half"), "class_weight must be one of none, balanced"),
        (TfidfLogistic(c=-1.0), "c must be 0"),
        (TfidfLogistic(min_df=0), "min_df and max_features must be 1 or more"),
        (TfidfLogistic(words=(3, 1)), "words must be"),
        (NaiveBayesLogistic(alpha=0.0), "alpha must be above 0"),
    ],
)
def test_settings_out_of_range_are_refused(learner: Any, say: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=say):
        fit(learner, parts(12), tmp_path)


@pytest.mark.parametrize("learner", BOTH)
def test_no_labels_are_refused(learner: Any, tmp_path: Path) -> None:
    data = make(6)
    bare = dataset(["a"] * 6, [-1] * 6, data.task)
    with pytest.raises(InputError, match="must have labelled rows to learn from"):
        fit(learner, Parts(bare, data), tmp_path)


@pytest.mark.parametrize("learner", BOTH)
def test_several_labels_are_learned_each_by_itself(learner: Any, tmp_path: Path) -> None:
    given = labels.parts(90)
    outputs = fit(replace(learner, c=0.0), given, tmp_path).predict(given.tune.rows)
    assert outputs.link == "sigmoid"
    assert metric("micro_f1").score(outputs, given.tune) > 0.85
    balanced = fit(replace(learner, class_weight="balanced"), given, tmp_path).predict(given.tune.rows)
    np.testing.assert_array_equal(balanced.scores, fit(learner, given, tmp_path).predict(given.tune.rows).scores)


def test_a_label_without_rows_gets_next_to_nothing(tmp_path: Path) -> None:
    given = labels.parts(48)
    kept = [row for row, found in enumerate(given.fit.truth.to_pylist()) if 2 not in found]
    outputs = fit(TfidfLogistic(), Parts(subset(given.fit, kept, "two"), given.tune), tmp_path).predict(given.tune.rows)
    assert (outputs.scores[:, 2] == NEVER).all() and np.isfinite(outputs.scores).all()
