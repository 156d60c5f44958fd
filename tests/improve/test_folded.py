"""Does no model answer rows that it learned from, and does the mean of the fold models ship when asked?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import naeum
from naeum.cycle import oof
from naeum.improve import folded, planner
from naeum.improve.ladder import rungs_of

QUICK: dict[str, Any] = {"target": "label", "offline": True, "threads": 1, "only": "linear", "rungs": 2}


@pytest.fixture(scope="module")
def bagged_run(tables, tmp_path_factory):
    """Parts of its own, asked for a bag."""
    run = tmp_path_factory.mktemp("bagged") / "run"
    return naeum.improve(tables["train"], valid=tables["valid"], test=tables["test"], run=run, bag=True, **QUICK)


@pytest.fixture(scope="module")
def small_run(tables, tmp_path_factory):
    """Folds by the protocol, a bag and the out-of-fold file."""
    folder = tmp_path_factory.mktemp("small")
    found = folder / "oof.csv"
    return naeum.improve(tables["train"], run=folder / "run", bag=True, oof=str(found), **QUICK), found


def test_the_bag_is_the_mean_of_five_models_and_is_what_the_test_part_judged(bagged_run):
    refit = bagged_run.last("refit")
    assert refit["reason"] == "The mean of 5 models, each fitted without a fold of 580 rows."
    pool = bagged_run.store.load(refit["artifact"])
    assert len(pool.members) == 5 and set(pool.weights) == {0.2}
    assert bagged_run.test["refit"] is not None
    against = bagged_run.test["refit"]["p_better"] < 0.1
    assert (bagged_run.shipped == refit["artifact"]) == (not against)


def test_every_row_is_answered_once_by_a_model_that_did_not_learn_from_it(own_run, enter):
    site = enter(own_run)
    champion = rungs_of(site.ledger, site.folder, site.learner_kinds)[-1]
    rows = site.everything.fit
    place = folded.fold_of(rows, 0)
    models = folded.folded(site, champion, rows)
    outputs, answered, fold = folded.answered(site, models)
    assert sorted(answered.ids.tolist()) == sorted(rows.ids.tolist())
    assert np.bincount(fold).min() > len(rows) / 5 - 8
    of_group: dict[int, set[int]] = {}
    for group, its in zip(rows.group.tolist(), place.tolist(), strict=True):
        of_group.setdefault(group, set()).add(its)
    assert all(len(its) == 1 for its in of_group.values()), "near copies stand in one fold"
    first = models.fits[0].predictor.predict(models.scored[0].rows)
    assert np.allclose(first.scores, outputs.take(np.flatnonzero(fold == 0)).scores, atol=1e-6)
    assert len({fit.key for fit in models.fits}) == 5


def test_small_data_ship_the_bag_of_the_models_that_were_measured(small_run):
    ladder, _ = small_run
    pool = ladder.store.load(ladder.last("refit")["artifact"])
    measured = {ladder.store.key_of(member) for member in pool.members}
    assert ladder.champion_rung.artifact in measured and len(measured) == 5


def test_the_out_of_fold_file_has_the_answers_that_the_rung_was_measured_by(small_run, tables):
    import pandas as pd

    ladder, path = small_run
    found, train = pd.read_csv(path), pd.read_csv(tables["train"])
    assert list(found.columns) == ["row", "fold", "truth", "prediction", *(f"p_{name}" for name in ladder.task.classes)]
    assert found["row"].is_monotonic_increasing and found["row"].is_unique
    assert found["truth"].tolist() == train["label"].iloc[found["row"]].tolist()
    assert (found["truth"] == found["prediction"]).mean() == pytest.approx(ladder.champion_rung.score)
    again = oof(ladder.folder).to_pandas()
    assert again["prediction"].tolist() == found["prediction"].tolist()
    assert ladder.finished, "looking at a finished run leaves it finished"
    assert naeum.open_run(ladder.folder).finished


def test_given_ids_stand_beside_the_answers(tmp_path, tables):
    import pandas as pd

    train = pd.read_csv(tables["train"]).iloc[:200]
    train.insert(0, "key", [f"행{at}" for at in range(len(train))])
    train.to_csv(tmp_path / "train.csv", index=False)
    ladder = naeum.improve(tmp_path / "train.csv", id="key", run=tmp_path / "run", no_test=True, **QUICK)
    found = oof(ladder.folder).to_pandas()
    assert found["id"].tolist() == train["key"].tolist(), "without a test part every row is answered"


def test_time_for_the_models_is_kept(own_site, with_options):
    rungs = rungs_of(own_site.ledger, own_site.folder, own_site.learner_kinds)
    once = planner.refit_seconds(own_site, rungs[1])
    assert planner.refit_seconds(with_options(own_site, bag=True), rungs[1]) == pytest.approx(4 * once)
    assert planner.oof_seconds(with_options(own_site, oof="a.csv"), rungs[1]) == pytest.approx(4 * once)
    assert planner.oof_seconds(with_options(own_site, oof="a.csv", bag=True), rungs[1]) == 0


def test_a_bag_that_breaks_a_limit_does_not_ship(tables, tmp_path):
    heard: list[dict[str, Any]] = []
    ladder = naeum.improve(
        tables["train"], valid=tables["valid"], run=tmp_path / "run", bag=True, max_size_mb=0.15, watch=heard.append,
        **QUICK,
    )  # fmt: skip
    assert "it breaks a limit" in ladder.last("refit")["reason"]
    assert ladder.shipped == ladder.champion_rung.artifact
    assert any("No bag of fold models was made" in event.get("text", "") for event in heard)


def test_answers_are_one_cell_each():
    assert folded._cell(("a", "b")) == "a;b" and folded._cell(["O", "B-x"]) == "O B-x" and folded._cell(1.5) == 1.5
