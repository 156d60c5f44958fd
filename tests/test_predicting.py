"""Do answers come back beside their rows, under the index that the rows had?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import naeum
from naeum.errors import InputError
from naeum.improve.ladder import Ladder
from naeum.testing.data import make


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    data = make(160, classes=2, korean=True, seed=1)
    frame = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})
    run = tmp_path_factory.mktemp("predicting") / "run"
    return naeum.improve(frame, run=run, rungs=2, only="linear", offline=True, threads=1)


@pytest.fixture
def rows() -> pd.DataFrame:
    texts = make(6, classes=2, korean=True, seed=2).rows["text"].to_pylist()
    return pd.DataFrame({"key": list("abcdef"), "text": texts}, index=[30, 10, 20, 60, 50, 40])


def test_the_index_and_every_column_are_kept(ladder: Ladder, rows: pd.DataFrame) -> None:
    found = naeum.predict(ladder, rows)
    assert found.index.tolist() == rows.index.tolist()
    assert list(found) == ["key", "text", "prediction", "confidence"]
    assert found["prediction"].tolist() == ladder.champion.predict(rows).labels.tolist()
    assert list(rows) == ["key", "text"], "what was given is left as it was"
    lone = naeum.predict(ladder, rows.loc[[60]])
    assert lone["prediction"].loc[60] == found["prediction"].loc[60]


def test_anything_that_holds_rows_is_answered(ladder: Ladder, rows: pd.DataFrame, tmp_path: Path) -> None:
    wanted = naeum.predict(ladder, rows)["prediction"].tolist()
    rows.to_csv(tmp_path / "new.csv", index=False)
    for given in (rows["text"], rows["text"].tolist(), pa.Table.from_pandas(rows), rows.to_dict("records"),
                  str(tmp_path / "new.csv"), tmp_path / "new.csv"):  # fmt: skip
        assert naeum.predict(ladder.folder, given)["prediction"].tolist() == wanted
    assert naeum.predict(ladder, rows["text"]).index.tolist() == rows.index.tolist()


def test_another_rung_and_a_submission(ladder: Ladder, rows: pd.DataFrame) -> None:
    assert naeum.predict(ladder, rows, rung=0)["prediction"].nunique() == 1
    sample = pd.DataFrame({"key": list("fedcba"), "y": [ladder.task.classes[0]] * 6}, index=range(100, 106))
    found = naeum.predict(ladder, rows, like=sample)
    assert found.index.tolist() == sample.index.tolist() and found["key"].tolist() == list("fedcba")
    assert found["y"].tolist() == naeum.predict(ladder, rows)["prediction"].tolist()[::-1]
    shares = naeum.predict(ladder, rows, like=sample.assign(y=0.5), way="probabilities")
    assert shares["y"].between(0, 1).all()


def test_what_cannot_be_answered_is_refused(ladder: Ladder, rows: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=r"rows must not have a column 'prediction' yet; they have; rename or drop"):
        naeum.predict(ladder, rows.assign(prediction=1))
    with pytest.raises(InputError, match=r"'text'"):
        naeum.predict(ladder, rows[["key"]])
    with pytest.raises(InputError, match=r"data must be a path, a DataFrame"):
        naeum.predict(ladder, 7)
