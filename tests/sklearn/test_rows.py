"""Are strings texts, numbers a table of numbers, and are other columns left as they are?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from naeum.sklearn import Classifier
from naeum.sklearn.rows import beside, framed


@pytest.mark.parametrize(
    "rows", [["가", "나"], ("가", "나"), np.array(["가", "나"]), pd.Series(["가", "나"], index=[5, 3])]
)
def test_bare_strings_are_texts(rows: object) -> None:
    found = framed(Classifier(), rows, first=True)
    assert found.to_dict("list") == {"text": ["가", "나"]} and found.index.tolist() == [0, 1]


def test_a_matrix_becomes_numbers() -> None:
    estimator = Classifier()
    found = framed(estimator, [[1, 2], [3, None]], first=True)
    assert list(found) == ["x0", "x1"] and (found.dtypes == np.float64).all() and estimator.n_features_in_ == 2
    with pytest.raises(ValueError, match="X has 3 features, but Classifier is expecting 2 features as input"):
        framed(estimator, [[1, 2, 3]], first=False)


def test_a_frame_keeps_its_columns() -> None:
    estimator = Classifier()
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], 3: pd.to_datetime(["2020-01-01", "2020-01-02"])}, index=[7, 8])
    frame.columns = frame.columns.astype(str)
    found = framed(estimator, frame, first=True)
    assert list(found) == ["a", "b", "3"] and found["b"].tolist()[0] == "x"
    assert estimator.feature_names_in_.tolist() == ["a", "b", "3"] and found.index.tolist() == [0, 1]
    assert framed(Classifier(), np.array([["x", 1], ["y", 2]], object), first=True)["x0"].tolist() == ["x", "y"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([1.0, 2.0], "Expected 2D array, got 1D array instead"),
        ([[1.0, np.inf]], "infinity"),
        (np.empty((0, 2)), "0 sample"),
        ([[1j, 2j]], "Complex data not supported"),
    ],
)
def test_what_is_no_table_is_refused_as_scikit_learn_does(rows: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        framed(Classifier(), rows, first=True)


def test_a_free_name() -> None:
    assert beside(pd.DataFrame({"target": [1], "target_": [2]}), "target") == "target__"
