"""Does a file with further answers climb, with heads for them, to a model that needs none of them?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum.cycle import at_work
from naeum.errors import InputError
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.tuning import Optimization
from naeum.testing.data import make
from naeum.testing.encoders import tiny_encoder


@pytest.fixture
def tiny_base(tmp_path: Path) -> str:
    """The folder of a BERT of two layers with random weights."""
    return tiny_encoder(tmp_path / "encoder")


@pytest.fixture
def file(tmp_path: Path) -> str:
    data = make(150, classes=3, korean=True)
    table = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})
    table["topic"] = [None if at % 5 == 0 else "물불"[at % 2] for at in range(150)]
    table["stars"] = np.arange(150) % 37 + data.target
    table.to_csv(tmp_path / "리뷰.csv", index=False)
    return str(tmp_path / "리뷰.csv")


def test_a_file_climbs_with_heads_for_its_further_columns(file: str, tiny_base: str, tmp_path: Path) -> None:
    start = FineTuned(
        tiny_base,
        optimization=Optimization(epochs=10.0, learning_rate=5e-3, batch_size=16, layer_decay=1.0),
        max_length=32,
    )
    settings = {"also": "topic,stars", "base": tiny_base, "start": start, "only": "several_heads", "offline": True}
    ladder = naeum.improve(file, target="label", rungs=3, threads=1, run=tmp_path / "run", **settings)
    headed = ladder.rungs[2]
    assert (headed.technique, headed.learner.kind) == ("several_heads", "several_heads")
    assert headed.learner.also == ("topic", "stars")
    assert ladder.task.inputs == ("text",)
    assert any("never an input: topic, stars (--also)" in note for note in ladder.summary["notes"])
    answers = ladder.model(2).predict(["좋은 영화", "나쁜 영화"])  # nothing but a text is known of them
    assert len(answers) == 2
    kept = ladder.model(2).predictor.state().arrays
    assert not [name for name in kept if "further" in name]
    with at_work(tmp_path / "run", lambda event: None, {}, look=True) as site:  # as one that goes on after a kill
        assert site.executor.also.names == ("topic", "stars")
        assert site.executor.has(headed.learner, site.split.folds[0][0], site.options.seed)


def test_changed_further_answers_are_other_work(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def place(**options) -> str:
        with at_work(file, lambda event: None, {"target": "label", "offline": True, **options}) as site:
            return site.folder.name

    assert [place(), place(also="topic"), place(also="topic"), place(also="stars")] == [
        "리뷰",
        "리뷰-2",
        "리뷰-2",
        "리뷰-3",
    ]
    table = pd.read_csv(file)
    table["topic"] = table["topic"].fillna("흙")
    table.to_csv(file, index=False)
    assert [place(), place(also="topic")] == ["리뷰", "리뷰-4"]


def test_a_column_that_is_an_input_or_the_target_is_refused(file: str) -> None:
    with pytest.raises(InputError, match=r"a column of --also must have no other role.*'label' is named by --target"):
        naeum.improve(file, target="label", also="topic,label")
    with pytest.raises(InputError, match="the --also column must be one of the columns of"):
        naeum.improve(file, target="label", also="topik")
