"""Do bias² and variance over resamples add up to the error, and are they kept for the report?"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum.cycle import resample
from naeum.errors import InputError
from naeum.improve.resampled import decomposed, drawn, resampled
from naeum.testing.data import make


def test_the_pieces_add_up_to_the_error() -> None:
    rng = np.random.default_rng(0)
    answers, truth = rng.normal(size=(7, 50, 3)), rng.normal(size=(50, 3))
    bias, variance, error = decomposed(answers, truth)
    assert bias + variance == pytest.approx(error) and bias > 0 < variance
    alike = decomposed(np.repeat(answers[:1], 7, axis=0), truth)
    assert alike.variance == pytest.approx(0) and alike.bias == pytest.approx(alike.error)


def test_every_class_is_drawn_as_often_as_it_is_there() -> None:
    rows = make(60, korean=True)
    places = drawn(rows, 0, 1)
    assert np.array_equal(np.bincount(rows.target[places]), np.bincount(rows.target))
    assert len(set(places.tolist())) < 60 and np.array_equal(places, drawn(rows, 0, 1))
    assert not np.array_equal(places, drawn(rows, 0, 2))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = make(120, korean=True)
    classes = np.asarray(data.task.classes)[data.target]
    table = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": classes})
    folder: Path = tmp_path_factory.mktemp("재표본") / "실행"
    naeum.improve(table, target="label", rungs=2, run=folder, offline=True, threads=1)
    return folder


def test_what_was_found_is_kept_for_the_report_and_nothing_else_changes(run: Path) -> None:
    before, told = naeum.open_run(run), []

    def watch(event: dict[str, Any]) -> None:
        told.append(event.get("text", ""))

    assert before.resamples is None
    found = resample(run, 3, watch)
    after = naeum.open_run(run)
    assert after.resamples == found and found["bias"] + found["variance"] == pytest.approx(found["error"])
    assert after.finished and len(after.rungs) == len(before.rungs) and after.events == before.events
    assert sum("Fitting resample" in one for one in told) == 3
    assert resample(run, 3)["error"] == found["error"], "the same again"
    page = naeum.report(after, run / "mit.html").read_text(encoding="utf-8")
    assert "over 3 resamples" in page or "3 resamples of its rows" in page
    assert list((run / "scratch").glob("*-rate")) == []


@pytest.mark.parametrize("count", [1, 201])
def test_too_few_and_too_many_are_refused(run: Path, count: int) -> None:
    with pytest.raises(InputError, match=f"--resamples must be from 2 to 200; got {count}; 20 are usual"):
        resample(run, count)


def test_answers_without_a_squared_error_are_refused(own_site: Any) -> None:
    task = dataclasses.replace(own_site.task, output="labels")
    with pytest.raises(InputError, match="needs answers with a squared error, a label or a number; this run answers"):
        resampled(dataclasses.replace(own_site, task=task), 5)
