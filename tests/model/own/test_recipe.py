"""Does a pipeline come back from its recipe setting for setting, and is nothing built that is not trusted?"""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectKBest, f_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

from naeum.errors import InputError
from naeum.model.own.recipe import built, trusted, written

TABLE = ColumnTransformer(
    [
        ("words", TfidfVectorizer(ngram_range=(1, 2), dtype=np.float32), "memo"),
        ("numbers", Pipeline([("fill", SimpleImputer(missing_values=np.nan)), ("scale", StandardScaler())]), [0, 2]),
        ("kinds", OneHotEncoder(handle_unknown="ignore"), make_column_selector(pattern="city")),
    ],
    remainder="drop",
)
PIPELINES = [
    LogisticRegression(C=0.5, class_weight={0: 1.0, 1: 2.5}),
    make_pipeline(TABLE, SelectKBest(f_classif, k=7), SGDClassifier(loss="log_loss", random_state=3)),
    make_pipeline(
        FeatureUnion([("w", TfidfVectorizer()), ("c", TfidfVectorizer(analyzer="char"))]), LogisticRegression()
    ),
    make_pipeline(FunctionTransformer(np.log1p), GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=2)),
    make_pipeline(FunctionTransformer(), StandardScaler(), LogisticRegression(tol=1e-3)),
]


class Mine(TransformerMixin, BaseEstimator):
    def __init__(self, by: float = 1.0) -> None:
        self.by = by

    def fit(self, rows, answers=None):
        return self

    def transform(self, rows):
        return np.asarray(rows) * self.by


@pytest.mark.parametrize("pipeline", PIPELINES, ids=lambda one: type(one).__name__)
def test_a_pipeline_comes_back_setting_for_setting(pipeline) -> None:
    recipe = written(pipeline)
    again = built(recipe)
    assert written(again) == recipe and type(again) is type(pipeline)
    same = {name: repr(value) for name, value in again.get_params().items() if " at 0x" not in repr(value)}
    told = {name: repr(value) for name, value in pipeline.get_params().items()}
    assert same == {name: value for name, value in told.items() if name in same}
    assert json.loads(recipe), "it is JSON"


def test_numbers_of_numpy_become_plain() -> None:
    assert built(written(LogisticRegression(C=np.float64(0.5)))).C == 0.5


def test_arrays_and_slices_come_back() -> None:
    bins = np.array([[0.0, 1.0], [2.0, np.inf]])
    again = built(written(FunctionTransformer(kw_args={"bins": bins, "part": slice(1, 3)})))
    assert np.array_equal(again.kw_args["bins"], bins) and again.kw_args["part"] == slice(1, 3)


def test_what_is_not_trusted_is_not_written(monkeypatch) -> None:
    name = f"{Mine.__module__}.Mine"
    with pytest.raises(
        InputError, match=r"must be trusted; the pipeline, steps, item 0, item 1 holds .*Mine; if it is"
    ):
        written(make_pipeline(Mine(2.0), LogisticRegression()))
    with pytest.raises(InputError, match=r"holds .*<lambda>"):
        written(FunctionTransformer(lambda rows: rows))
    monkeypatch.setenv("NAEUM_TRUST", f"other.Thing, {name}")
    assert f'"{name}"' in written(make_pipeline(Mine(2.0), LogisticRegression()))


@pytest.mark.parametrize("name", ["os.system", "subprocess.Popen", "builtins.eval", "sklearnx.Evil"])
def test_what_is_not_trusted_is_not_built(name: str) -> None:
    assert not trusted(name)
    with pytest.raises(InputError, match=f"every type in a pipeline must be trusted; got {name}; if you trust it"):
        built(json.dumps({"class": name, "settings": {}}))


@pytest.mark.parametrize("recipe", ["", "{}", '{"class": "sklearn.no.Such", "settings": {}}', '{"bag": [1]}'])
def test_what_is_no_recipe_is_refused(recipe: str) -> None:
    with pytest.raises(InputError, match="a recipe must build a pipeline; this one does not"):
        built(recipe)
