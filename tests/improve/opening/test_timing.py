"""Is a step left out that the time does not hold?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from naeum.contract import Edit, Rung
from naeum.errors import InputError
from naeum.improve import forecast
from naeum.improve.opening import texts, timing
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic

BASE = "a-base"


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base model is only a name here."""
    monkeypatch.setattr("naeum.improve.start._digest", lambda name, policy: f"digest of {name}")


def test_what_cannot_be_stopped_half_way_needs_the_time_it_is_given(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site]
) -> None:
    site = dataclasses.replace(with_options(fresh_site, minutes=0.1), bases=(BASE,))
    site.write("rate", family=forecast.family(NaiveBayesLogistic()), seconds=1.0)
    found = texts.naive_bayes(site, (a_rung(0),))
    assert isinstance(found, Skip)
    seconds = forecast.seconds(site, NaiveBayesLogistic())
    assert found.reason == f"It would take about {seconds:.0f} s; at most 4 s are for it.", "nothing was learned yet"
    site.write("rung", number=1)
    found = texts.naive_bayes(site, (a_rung(0),))
    assert isinstance(found, Skip)
    assert found.reason == f"It would take about {seconds:.0f} s; at most 2 s are for it."
    assert isinstance(texts.naive_bayes(with_options(fresh_site, minutes=600), (a_rung(0),)), Edit)


@pytest.mark.parametrize("how", [{"minutes": 1.0}, {"rungs": 3}])
def test_what_trains_is_left_out_without_torch(
    how: dict[str, Any], fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("naeum.extras.there", lambda package: package != "torch")
    found = texts.hashed(with_options(fresh_site, **how), (a_rung(0),))
    assert isinstance(found, Skip) and found.reason == "It trains with the package torch, which is not installed."


def test_a_fit_is_timed_on_a_few_rows_before_it_is_promised(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "TRIAL_ROWS", 100)
    site, family = with_options(fresh_site, minutes=1), forecast.family(TfidfLogistic())
    assert family not in forecast.rates(site)
    assert isinstance(texts.linear(site, (a_rung(0),)), Edit)
    rate = forecast.rates(site)[family]
    assert 0 < rate < 0.1
    texts.linear(site, (a_rung(0),))
    assert [event["seconds"] for event in site.ledger if event["event"] == "rate"] == [rate], "timed once"
    assert not list((site.folder / "scratch").glob("*-rate"))
    counted = with_options(fresh_site, rungs=3)
    texts.naive_bayes(counted, (a_rung(0),))
    assert len([event for event in counted.ledger if event["event"] == "rate"]) == 1, "a run that counts times nothing"


def test_a_trial_that_cannot_be_fitted_leaves_the_nominal_rate(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise InputError("a model must learn from two classes; got one; add rows")

    monkeypatch.setattr(timing, "TRIAL_ROWS", 100)
    monkeypatch.setattr(TfidfLogistic, "fit", refuse)
    site = with_options(fresh_site, minutes=1)
    assert isinstance(texts.linear(site, (a_rung(0),)), Edit)
    assert forecast.rates(site) == {}
