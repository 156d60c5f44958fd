"""Are the worse arms dropped from a part of the rows, honestly, and the same after a kill?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum import extras
from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.model.around.halved import Halved, HalvedPredictor, part_of
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.probe import Probe
from naeum.testing.data import parts
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun

GOOD, FAIR = TfidfLogistic(words=(1, 1), chars=(0, 0)), NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=200)
ARMS = (Majority(), FAIR, GOOD)


def test_the_floor_goes_first_and_what_is_left_learns_from_all_rows(tmp_path: Path) -> None:
    given = parts(1200, noise=0.05)
    run = TinyRun(tmp_path)
    fitted = Halved(ARMS).fit(given, run)
    assert fitted.arm == 2 and fitted.decided(Halved(ARMS)) == GOOD
    assert [len(one["scores"]) for one in fitted.rounds] == [3, 2] and "2" in fitted.rounds[1]["scores"]
    assert [one["rows"] for one in fitted.rounds] == [300, 600]
    same = run.fit(GOOD, given).predict(given.tune.rows)
    assert np.array_equal(fitted.predict(given.tune.rows).scores, same.scores)


def test_rounds_that_ended_are_not_fitted_again(tmp_path: Path) -> None:
    given, learner = parts(900), Halved(ARMS)
    first = TinyRun(tmp_path)
    whole = learner.fit(given, first)
    path = first.scratch / "rounds.jsonl"
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    again = TinyRun(tmp_path)
    assert learner.fit(given, again).rounds == whole.rounds
    assert len(again.fitted) == 1, "only what is left is fitted: the rounds were read"


def test_equal_scores_go_to_the_earlier_arm_and_a_share_holds_smaller_ones(tmp_path: Path) -> None:
    given = parts(600)
    assert Halved((GOOD, replace(GOOD, c=8.0), GOOD)).fit(given, TinyRun(tmp_path)).arm == 0
    small, large = part_of(given.fit, 0.4, 1), part_of(given.fit, 0.8, 1)
    assert set(small.ids) <= set(large.ids) and len(small) == 240
    assert part_of(given.fit, 0.01, 1).key != small.key and part_of(given.fit, 1.0, 1) is given.fit


def test_without_rows_to_judge_by_the_likeliest_is_taken(tmp_path: Path) -> None:
    given = parts(60)
    fitted = Halved((GOOD, Majority())).fit(Parts(given.fit, subset(given.tune, [], "none")), TinyRun(tmp_path))
    assert fitted.arm == 0 and fitted.rounds == ()


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    given = parts(300)
    fitted = Halved(ARMS).fit(given, TinyRun(tmp_path))
    state = fitted.state()
    back = HalvedPredictor.restore(given.fit.task, replace(state, settings=json.loads(json.dumps(state.settings))))
    assert back.arm == fitted.arm and back.rounds == fitted.rounds


def test_the_forecast_counts_the_rows_of_every_round() -> None:
    assert Halved((GOOD, FAIR)).rows_factor == pytest.approx((2 * 0.25 + 1) / 2)
    assert Halved((GOOD,) * 4).rows_factor == pytest.approx((4 * 0.25 + 2 * 0.5 + 1) / 4)
    assert Halved((GOOD,)).rows_factor == 1.0


def test_arms_and_share_must_be_there() -> None:
    with pytest.raises(InputError, match="a halving must have arms and a share of the rows above 0"):
        Halved(())
    with pytest.raises(InputError, match=r"got 1 arms and 0.0"):
        Halved((GOOD,), 0.0)


@pytest.mark.skipif(not extras.there("torch"), reason="base models need torch")
def test_base_models_are_halved_on_rows(tmp_path: Path) -> None:
    given = parts(420, korean=True)
    bases = [tiny_encoder(tmp_path / name) for name in ("one", "two")]
    blind = Probe(base=bases[0], max_length=32, c=1e-9)
    fitted = Halved((blind, Probe(base=bases[1], max_length=32, c=0.1))).fit(given, TinyRun(tmp_path))
    assert fitted.arm == 1 and fitted.inner.base.name == bases[1]
