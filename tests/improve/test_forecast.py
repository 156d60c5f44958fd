"""Is what an edit costs and brings forecast from what is known?"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from naeum import values
from naeum.contract import Edit, Rung
from naeum.improve import forecast
from naeum.improve.site import Site
from naeum.model.around.augmented import Augmented
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.cleaned import Cleaned
from naeum.model.around.prepared import Prepared
from naeum.model.around.searched import Searched
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.probe import Probe


@given(st.floats(-2, 2), st.floats(0.01, 2))
def test_expected_improvement_is_the_integral(mean: float, sd: float) -> None:
    grid = np.linspace(0, max(mean + 10 * sd, 1e-3), 20_001)
    expected = np.trapezoid(grid * norm.pdf(grid, mean, sd), grid)
    assert forecast.expected_improvement(mean, sd) == pytest.approx(expected, abs=1e-4)


def test_a_certain_gain_is_itself_and_a_certain_loss_nothing() -> None:
    assert forecast.expected_improvement(0.1, 0.0) == 0.1
    assert forecast.expected_improvement(-0.1, 0.0) == 0.0


RATES = {"probe/b//128/": 1.0, "finetuned/b/full/128/16": 10.0, "tfidf_logistic////": 0.1}


def seconds(learner: Any, rows: float = 100, fitted: Any = lambda node: False) -> float:
    return forecast.training(RATES, learner, rows, fitted)


def test_equal_parts_are_trained_once() -> None:
    probe, tuned = Probe(base="b"), FineTuned(base="b")
    learner = Calibrated(Blend((probe, tuned, Calibrated(probe))))
    assert seconds(learner) == 100 + 10 * 300
    assert seconds(Majority()) == 0.0


def test_a_search_trains_its_learner_once_for_most_trials() -> None:
    probe = Probe(base="b")
    assert seconds(Searched(probe, trials=10)) == pytest.approx(100 * 10 * forecast.TRIAL)
    assert seconds(Blend((probe, Searched(probe, trials=10)))) == pytest.approx(100 + 100 * 10 * forecast.TRIAL)
    assert forecast.training(RATES, Searched(probe, trials=10), 100) == 100  # a refit: the search has decided


def test_what_was_fitted_on_these_rows_costs_nothing() -> None:
    probe, tuned = Probe(base="b"), FineTuned(base="b")
    assert seconds(Blend((probe, tuned)), fitted=lambda node: node == tuned) == 100
    assert seconds(Calibrated(probe), fitted=lambda node: node == probe) == 0


def test_other_rows_are_trained_again_whatever_was_fitted_on_the_plain_ones() -> None:
    probe, judge = Probe(base="b"), TfidfLogistic()
    known = {probe, judge}.__contains__
    assert seconds(Augmented(probe, share=0.5), fitted=known) == 150
    assert seconds(Cleaned(probe, folds=4), fitted=known) == pytest.approx(100 + 3 * 10)
    assert seconds(Blend((probe, Augmented(probe))), fitted=known) == 150
    assert seconds(Prepared(probe), fitted=known) == 100
    assert seconds(Augmented(probe), fitted=lambda node: node == Augmented(probe)) == 0


def edit(*changed: str) -> Edit:
    return Edit(Majority(), changed, "ngrams", "")


def test_a_gain_inside_a_blend_reaches_out_by_what_the_member_counts() -> None:
    shares = (0.7, 0.3, 0.0)
    assert forecast.reach(edit("inner.members.0.c"), shares) == 0.7
    assert forecast.reach(edit("members.0.c", "members.1.c"), shares) == pytest.approx(1.0)
    assert forecast.reach(edit("members.0.members.1.c"), shares) == 0.7, "the blend inside is one member"
    assert forecast.reach(edit("members.2.c"), shares) == forecast.LEAST_REACH
    assert forecast.reach(edit("inner.members", "inner.how"), shares) == 1.0
    assert forecast.reach(edit("c"), ()) == 1.0


def test_work_counts_epochs() -> None:
    tuned = FineTuned(base="b")
    assert forecast.work(tuned, 100) == 100 * tuned.optimization.epochs
    assert forecast.work(Probe(base="b"), 100) == 100
    stopped = values.put(tuned, "optimization.course.stop_after", 1.5)
    assert forecast.work(stopped, 100) == 150


def test_one_family_shares_base_tuning_and_length() -> None:
    assert forecast.family(FineTuned(base="a", dropout=0.3)) == forecast.family(FineTuned(base="a"))
    assert forecast.family(FineTuned(base="a", max_length=64)) != forecast.family(FineTuned(base="a"))
    assert forecast.family(FineTuned(base="b")) != forecast.family(FineTuned(base="a"))


def test_worth_is_a_second() -> None:
    one = forecast.Forecast(0.01, 0.02, 10.0)
    assert one.worth == pytest.approx(forecast.expected_improvement(0.01, 0.02) / 10)
    assert math.isfinite(forecast.Forecast(0.01, 0.02, 0.0).worth)


def test_what_members_count_is_read_from_the_fitted_blend(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    pool = SimpleNamespace(places=(0, 2), weights=(3.0, 1.0))
    fitted = {"blend": pool, "calibrated": SimpleNamespace(inner=pool)}
    site = SimpleNamespace(executor=SimpleNamespace(fitted=lambda key: SimpleNamespace(predictor=fitted[key])))
    blend = Blend((Majority(), TfidfLogistic(), Probe(base="b")))
    for learner in (blend, Calibrated(blend)):
        champion = a_rung(1, learner=learner, artifact=learner.kind)
        assert forecast.member_shares(site, champion) == (0.75, 0.0, 0.25)  # type: ignore[arg-type]
    assert forecast.member_shares(fresh_site, a_rung(1, learner=TfidfLogistic())) == ()


def test_measuring_takes_what_it_took_last(
    fresh_site: Site, with_options: Callable[..., Site], a_rung: Callable[..., Rung]
) -> None:
    site = with_options(fresh_site, minutes=5)
    assert forecast.seconds(site, Majority()) == forecast.FIXED
    forecast.learned(site, a_rung(1, learner=TfidfLogistic(), cost={"seconds": 2.0}), 9.0)
    assert forecast.seconds(site, Majority()) == 7.0
    fit = len(site.split.parts.fit)
    assert forecast.rates(site)[forecast.family(TfidfLogistic())] == pytest.approx(2.0 / fit)


def test_what_was_seen_clearly_counts_more_than_what_was_seen_dimly(
    fresh_site: Site, a_rung: Callable[..., Rung]
) -> None:
    champion, wanted = a_rung(1, score=0.9), edit("c")
    before = forecast.belief(fresh_site, wanted, (), champion)
    told = before.to_json()
    clear = a_rung(2, technique="ngrams", gain=0.0, gain_low=-0.0005, gain_high=0.0005, forecast=told)
    dim = a_rung(2, technique="ngrams", gain=0.0, gain_low=-0.05, gain_high=0.05, forecast=told)
    sds = [forecast.belief(fresh_site, wanted, (rung,), champion).gain_sd for rung in (clear, dim)]
    assert sds[0] < 0.6 * before.gain_sd < sds[1] < before.gain_sd
    inside = forecast.belief(fresh_site, edit("members.1.c"), (), champion, (0.9, 0.1))
    assert inside.gain_sd == pytest.approx(0.1 * before.gain_sd) and inside.reach == 0.1
