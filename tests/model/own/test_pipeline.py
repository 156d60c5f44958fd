"""Does a pipeline of the user's own learn, answer, and come back from its file, and is a strange file refused?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Perceptron, RidgeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import naeum
from naeum import registry
from naeum.contract import State, Task
from naeum.errors import InputError
from naeum.model.own import recipe
from naeum.model.own.pipeline import FittedPipeline, SklearnPipeline, from_sklearn
from naeum.store import Store
from naeum.testing.data import make, parts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import table

WORDS = make_pipeline(TfidfVectorizer(), LogisticRegression(C=10))
COLUMNS = make_column_transformer(
    (make_pipeline(SimpleImputer(), StandardScaler()), make_column_selector(dtype_include="number")),
    (OneHotEncoder(handle_unknown="ignore"), make_column_selector(dtype_exclude="number")),
)


@pytest.mark.parametrize("last", [LogisticRegression(C=10), RidgeClassifier(), Perceptron()])
def test_probabilities_margins_or_bare_answers(tmp_path: Path, last: Any) -> None:
    given = parts(96, korean=True)
    fitted = from_sklearn(make_pipeline(TfidfVectorizer(), last)).fit(given, TinyRun(tmp_path))
    found = fitted.predict(given.tune.rows)
    direct = fitted.pipeline.predict(given.tune.rows["text"].to_pylist())
    assert (found.codes == direct).all() and (found.codes == given.tune.target).mean() > 0.7


def test_bare_answers_are_sure_but_not_certain(tmp_path: Path) -> None:
    given = parts(96)

    class Bare(DummyClassifier):
        predict_proba = property()  # type: ignore[assignment]

    found = FittedPipeline(
        given.fit.task, Bare().fit([[0], [0], [0]], [0, 0, 1]), np.empty(0, np.uint8), False
    ).predict(given.tune.rows)
    assert found.probabilities.max() == pytest.approx(0.9)


def test_a_table_and_a_forest_of_numbers(tmp_path: Path) -> None:
    given = table.parts(96)
    own = from_sklearn(make_pipeline(COLUMNS, LogisticRegression()))
    fitted = own.fit(given, TinyRun(tmp_path))
    assert (fitted.predict(given.tune.rows).codes == given.tune.target).mean() > 0.6
    assert not own.claims(Task(output="number"))
    assert from_sklearn(RandomForestRegressor()).claims(Task(inputs=("a",), kinds=("number",), output="number"))


def test_a_class_that_no_row_has_gets_next_to_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    given = parts(96)
    wider = replace(given.fit, task=replace(given.fit.task, classes=(*given.fit.task.classes, "zebra")))
    fitted = from_sklearn(WORDS).fit(replace(given, fit=wider), TinyRun(tmp_path))
    assert fitted.predict(given.tune.rows).probabilities[:, -1].max() < 1e-5


def test_a_pipeline_climbs_as_a_rung_and_is_read_back(tmp_path: Path) -> None:
    import pandas as pd

    data = make(200, classes=2, korean=True, seed=1)
    frame = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})
    own = from_sklearn(WORDS)
    ladder = naeum.improve(frame, start=own, only="blend", rungs=2, run=tmp_path / "run", offline=True, threads=1)
    assert [rung.technique for rung in ladder.rungs] == ["floor", "start"] and ladder.rungs[1].learner == own
    assert ladder.rungs[1].kept and ladder.rungs[1].gain_low > 0
    again = naeum.open_run(tmp_path / "run")
    assert (again.champion.predict(frame).labels == frame["label"]).mean() > 0.8
    files = [file.suffix for file in (tmp_path / "run" / "artifacts").rglob("*") if file.is_file()]
    assert set(files) == {".json", ".safetensors"}


def test_what_skops_does_not_know_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = parts(60)
    fitted = from_sklearn(WORDS).fit(given, TinyRun(tmp_path))
    store = Store(tmp_path / "store", registry.predictors())
    store.save("own", fitted)
    state: State = fitted.state()
    monkeypatch.setattr("skops.io.get_untrusted_types", lambda data: ["evil.Thing"])
    with pytest.raises(
        InputError, match=r"every type in a saved pipeline must be trusted; got evil.Thing; if you trust"
    ):
        FittedPipeline.restore(given.fit.task, state)
    monkeypatch.setenv(recipe.VARIABLE, "evil.Thing")
    assert FittedPipeline.restore(given.fit.task, state).frame is False


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (TfidfVectorizer(), "must be a classifier or a regressor, or end in one; got TfidfVectorizer; add one"),
        (LogisticRegression, "got LogisticRegression"),
        ("pipeline", "got str"),
    ],
)
def test_what_does_not_answer_is_refused(thing: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        from_sklearn(thing)
    with pytest.raises(InputError, match="answers must be label or number; got 'span'"):
        SklearnPipeline(answers="span")
