"""Does scikit-learn take naeum for one of its own, and do texts, tables and numbers all go in?"""

from __future__ import annotations

import pickle
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import estimator_checks_generator

import naeum
from naeum.sklearn import Classifier, Regressor

TABLES: dict[str, Any] = {"only": ["table_linear"], "threads": 1, "offline": True}
TEXTS: dict[str, Any] = {"only": ["linear"], "threads": 1, "offline": True}
WEIGHED = "rows are cut into parts and folds: one row of weight two stands in one part, two rows may stand in two"
EXEMPT = {
    "check_sample_weight_equivalence_on_dense_data": WEIGHED,
    "check_sample_weight_equivalence_on_sparse_data": "matrices with few numbers are not read, so none is compared",
}
ESTIMATORS = (Classifier(rungs=2, options=TABLES), Regressor(rungs=2, options=TABLES))
QUICK = ("cloneable", "tags", "repr", "init", "mixin", "default_constructible", "get_params", "set_params", "unfitted")
CHECKS = [
    pytest.param(
        *pair, id=f"{type(pair[0]).__name__}-{re.sub(r'.*(check_[a-z0-9_]+).*', chr(92) + '1', repr(pair[1]))}"
    )
    for estimator in ESTIMATORS
    for pair in estimator_checks_generator(estimator, legacy=True)
]


def name_of(check: Any) -> str:
    return str(getattr(check, "func", check).__name__)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(("estimator", "check"), CHECKS)
def test_scikit_learns_own_checks(estimator: Any, check: Any) -> None:
    if name_of(check) in EXEMPT:
        pytest.skip(EXEMPT[name_of(check)])
    check(estimator)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=("classifier", "regressor"))
def test_checks_that_need_no_climb(estimator: Any) -> None:
    quick = [
        (one, check)
        for one, check in estimator_checks_generator(estimator, legacy=True)
        if any(word in name_of(check) for word in QUICK)
    ]
    assert len(quick) >= 9
    for one, check in quick:
        check(one)


def test_exemptions_say_why() -> None:
    assert all(len(reason.split()) > 4 for reason in EXEMPT.values())


@pytest.fixture(scope="module")
def reviews() -> tuple[list[str], list[str]]:
    from naeum.testing.data import make

    data = make(160, classes=3, korean=True, seed=1)
    return data.rows["text"].to_pylist(), np.asarray(data.task.classes)[data.target].tolist()


@pytest.fixture(scope="module")
def fitted(reviews: tuple[list[str], list[str]]) -> Classifier:
    return Classifier(rungs=2, options=TEXTS).fit(*reviews)


def test_strings_are_texts(fitted: Classifier, reviews: tuple[list[str], list[str]]) -> None:
    texts, labels = reviews
    assert fitted.score(texts, labels) > 0.8
    assert fitted.classes_.tolist() == sorted(set(labels))
    told = fitted.predict_proba(np.array(texts[:5], object))
    assert told.shape == (5, 3) and np.allclose(told.sum(axis=1), 1, atol=1e-5)
    assert (fitted.classes_[told.argmax(axis=1)] == fitted.predict(pd.Series(texts[:5], index=[9, 7, 5, 3, 1]))).all()


def test_the_climb_is_told(fitted: Classifier) -> None:
    assert fitted.ladder_["technique"].tolist() == ["floor", "linear"]
    assert fitted.ladder_["gain_low"].iloc[1] > 0 and fitted.why_


def test_a_model_goes_to_another_process_without_code(fitted: Classifier, reviews: tuple[list[str], list[str]]) -> None:
    sent = pickle.loads(pickle.dumps(fitted))
    assert (sent.predict_proba(reviews[0]) == fitted.predict_proba(reviews[0])).all()
    names = {type(value).__name__ for value in sent.model_.__getstate__()["files"].values()}
    assert names == {"bytes"}


def test_a_table_with_texts_categories_and_gaps(reviews: tuple[list[str], list[str]]) -> None:
    texts, labels = reviews
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({
        "review": texts, "city": rng.choice(["서울", "부산", "대구"], len(texts)), "stars": rng.normal(size=len(texts)),
    }, index=np.arange(len(texts))[::-1])  # fmt: skip
    frame.loc[frame.index[:5], "stars"] = np.nan
    options = {"threads": 1, "offline": True, "without": ["probe", "finetune", "hashed_ngrams", "char_convolution"]}
    model = Classifier(rungs=2, options=options).fit(frame, labels)
    assert model.n_features_in_ == 3 and model.feature_names_in_.tolist() == list(frame)
    assert model.predict(frame.iloc[:7]).shape == (7,)
    with pytest.raises(ValueError, match="feature names should match"):
        model.predict(frame.rename(columns={"city": "town"}))


def test_numbers_with_an_interval() -> None:
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(120, 3))
    answers = rows @ np.array([2.0, -1.0, 0.5]) + rng.normal(scale=0.1, size=120)
    model = Regressor(rungs=2, options=TABLES).fit(rows, answers)
    assert model.score(rows, answers) > 0.9
    assert model.predict_interval(rows) is None


def test_a_run_can_be_kept(tmp_path: Any, reviews: tuple[list[str], list[str]]) -> None:
    texts, labels = reviews
    model = Classifier(rungs=1, run=str(tmp_path / "run"), options=TEXTS).fit(texts, labels)
    ladder = naeum.open_run(tmp_path / "run")
    assert ladder.champion.predict(texts[:3]).labels.tolist() == model.predict(texts[:3]).tolist()


@pytest.mark.parametrize("labels", [[True, False], [1.0, 2.0], [0, 1], ["nan", "x"], ["1", "1.0"]])
def test_answers_come_back_as_they_were_given(labels: list[Any]) -> None:
    rows = np.random.default_rng(0).normal(size=(40, 2))
    given = np.array(labels * 20)
    model = Classifier(rungs=1, options=TABLES).fit(rows, given)
    assert model.predict(rows).dtype == given.dtype
    assert set(model.predict(rows)) <= set(given) and model.classes_.tolist() == sorted(set(given))


@pytest.mark.parametrize(
    ("rows", "answers", "words"),
    [
        (np.ones((4, 2)), [1, 1, 1, 1], "y must have two classes or more; it has only one class"),
        (np.full((4, 2), np.inf), [0, 1, 0, 1], "infinity"),
        (np.ones((4, 2)), None, "requires y to be passed, but the target y is None"),
        (np.ones((4, 2)), [0, 1], "inconsistent numbers of samples"),
        (["a", "b", "c", "d"], [0, 1, 0, 1], "there must be|must"),
    ],
)
def test_what_cannot_be_learned_is_a_value_error(rows: Any, answers: Any, words: str) -> None:
    options = {**TABLES, "metric": "none of them"} if isinstance(rows, list) else TABLES
    with pytest.raises(ValueError, match=words):
        Classifier(rungs=1, options=options).fit(rows, answers)


def test_nothing_answers_before_it_is_fitted() -> None:
    with pytest.raises(NotFittedError, match="is not fitted yet"):
        clone(ESTIMATORS[0]).predict(np.ones((2, 2)))


def test_a_seed_of_any_kind_is_taken(reviews: tuple[list[str], list[str]]) -> None:
    texts, labels = reviews
    for seed in (None, np.random.RandomState(1), 7):
        Classifier(rungs=1, random_state=seed, options=TEXTS).fit(texts[:40], labels[:40])
