"""Is a rung what its answers on select say, against the champion, and are its answers found again?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum.contract import Edit, Rung
from naeum.improve.climb import rungs_of
from naeum.improve.ladder import Ladder
from naeum.improve.rung import answer_again, climbed, measured_parts
from naeum.improve.site import Site
from naeum.measure import Prior, bootstrap, paired, shrink
from naeum.testing.data import make


def test_scores_are_those_of_its_answers(own_site: Site) -> None:
    floor, linear = rungs_of(own_site)[:2]
    rows, answers = measured_parts(own_site), answer_again(own_site, linear)
    interval = bootstrap(own_site.metric, answers.select, rows.select, seed=0)
    assert (linear.score, linear.low, linear.high) == (interval.value, interval.low, interval.high)
    assert linear.score == (answers.select.codes == own_site.split.select.target).mean()
    assert linear.tune_score == own_site.metric.score(answers.tune, own_site.split.parts.tune)
    assert linear.fit_score == own_site.metric.score(answers.sample, rows.sample)
    pair = paired(own_site.metric, answers.select, answer_again(own_site, floor).select, rows.select, seed=0)
    assert (linear.gain, linear.gain_low, linear.gain_high) == (pair.gain, pair.low, pair.high)
    assert linear.gain == pytest.approx(linear.score - floor.score)
    assert linear.p_better == shrink(pair.gain, pair.error, Prior(0.0, linear.forecast["gain_sd"])).p_better


def test_what_a_technique_hopes_for_does_not_promote_it(own_site: Site) -> None:
    floor, linear = rungs_of(own_site)[:2]
    edit = Edit(linear.learner, ("",), "linear", "", parents=(0,))
    hopeful = climbed(own_site, 4, edit, floor, {"gain": 9.0, "gain_sd": 1e-6, "seconds": 1.0}, float("inf"))
    assert hopeful.gain == linear.gain > 0.3
    assert hopeful.p_better < 0.8 <= linear.p_better, "a belief as narrow as that is not moved by one look"
    assert "A near tie" in hopeful.decision


def test_the_sample_is_of_labelled_fit_rows_and_always_the_same(own_site: Site) -> None:
    one, other = measured_parts(own_site), measured_parts(own_site)
    assert one.sample.key == other.sample.key
    assert one.sample.ids.tolist() == other.sample.ids.tolist()
    assert set(one.sample.ids.tolist()) <= set(own_site.split.parts.fit.ids.tolist())
    assert one.select is own_site.split.select
    assert one.tune is own_site.split.parts.tune


def test_a_rung_cut_short_is_read_by_its_artifact(own_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    linear = rungs_of(own_site)[1]
    whole = answer_again(own_site, linear)
    monkeypatch.setattr(own_site.executor, "fit", None)  # nothing is fitted again
    again = answer_again(own_site, dataclasses.replace(linear, complete=False))
    np.testing.assert_array_equal(again.select.scores, whole.select.scores)


@pytest.fixture(scope="module")
def folded(tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    """A run on few rows: floor and linear, each fitted on every fold."""
    data = make(120, classes=2, seed=5, noise=0.2)
    labels = np.asarray(data.task.classes)[data.target]
    table = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": labels})
    run = tmp_path_factory.mktemp("folded") / "run"
    return naeum.improve(table, target="label", run=run, rungs=2, offline=True, threads=1)


def test_few_rows_are_answered_by_models_that_did_not_see_them(folded: Ladder) -> None:
    assert folded.summary["regime"] != "parts"
    linear, rows = folded.rungs[1], folded.part("tune")
    shown = folded.outputs(1, "tune")
    assert (shown.codes == rows.target).mean() == linear.score
    flattered = folded.store.load(linear.artifact).predict(rows.rows)
    assert (flattered.codes == rows.target).mean() > linear.score, "the model of one fold has seen most of these rows"


def test_folds_cut_short_are_not_fitted_again(
    folded: Ladder, enter: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil

    site = enter(shutil.copytree(folded.folder, tmp_path / "own"))
    linear: Rung = rungs_of(site)[1]
    whole: Any = answer_again(site, linear)
    monkeypatch.setattr(site.executor, "fit", None)
    again = answer_again(site, dataclasses.replace(linear, complete=False))
    np.testing.assert_array_equal(again.select.scores, whole.select.scores)
    np.testing.assert_array_equal(again.sample.scores, whole.sample.scores)
