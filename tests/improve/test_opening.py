"""Does the book open in its order, leave out what does not apply with its reason, and fit epochs to the time?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from naeum.contract import Edit, Rung
from naeum.errors import InputError
from naeum.improve import forecast, opening
from naeum.improve.opening import BOOK, Skip, next_step
from naeum.improve.site import Site
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import HashedNgrams
from naeum.model.text.probe import Probe

BASE = "a-base"


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base model is only a name here."""
    monkeypatch.setattr("naeum.improve.start._digest", lambda name, policy: f"digest of {name}")


def play(site: Site, a_rung: Callable[..., Rung], **what: Any) -> tuple[list[str], dict[str, str]]:
    """The techniques of the book that are chosen, each then a rung, and why the others were not."""
    rungs: list[Rung] = []
    while (edit := next_step(site, tuple(rungs))) is not None:
        assert edit.reason
        site.write("decision", technique=edit.technique)
        made = {"learner": edit.learner, "technique": edit.technique, "kept": True, **what}
        rungs.append(a_rung(len(rungs), **made))
    skipped = {event["technique"]: event["reason"] for event in site.ledger if event["event"] == "skipped"}
    assert {rung.technique for rung in rungs} | set(skipped) == {name for name, _ in BOOK}
    return [rung.technique for rung in rungs], skipped


def test_with_a_base_model_the_book_reads_its_pages_in_order(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    played, skipped = play(dataclasses.replace(fresh_site, bases=(BASE,)), a_rung)
    assert played == ["floor", "linear", "naive_bayes", "probe", "finetune", "blend", "calibrate"]
    assert (
        skipped["hashed_ngrams"] == f"{BASE} reads this language; networks from scratch are for languages without one."
    )


def test_without_a_base_model_small_networks_stand_in(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=(), languages=("ko", "en"))
    played, skipped = play(site, a_rung)
    assert played == ["floor", "linear", "naive_bayes", "hashed_ngrams", "char_convolution", "blend", "calibrate"]
    nothing = "No base model for ko and en is at hand without a network."
    none = "0 base models for ko and en at hand: there is none to race."
    assert skipped == {"probe": nothing, "finetune": nothing, "second_base": none, "third_base": none}


def test_base_models_race_and_the_best_on_tune_is_trained(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=(BASE, "b", "c", "d"))
    found = opening.raced(1)(site, ())
    assert isinstance(found, Edit) and (found.learner, found.technique) == (Probe(base="b"), "second_base")
    assert found.reason == f"A race of base models: the same head on b instead of {BASE}."
    probes = [
        a_rung(number, learner=Probe(base=base), technique=name, tune_score=score)
        for number, (base, name, score) in enumerate(
            [(BASE, "probe", 0.7), ("b", "second_base", 0.9), ("c", "third_base", 0.8)], 1
        )
    ]
    trained = opening.finetune(site, (a_rung(0), *probes))
    assert isinstance(trained, Edit) and trained.learner.base == "b"


def test_a_race_that_takes_too_long_is_left_out(
    fresh_site: Site, with_options: Callable[..., Site], a_rung: Callable[..., Rung]
) -> None:
    site = dataclasses.replace(with_options(fresh_site, minutes=1), bases=(BASE, "b"))
    site.write("rate", family=forecast.family(Probe(base="b")), seconds=1.0)
    seconds = forecast.seconds(site, Probe(base="b"))
    site.write("rung", number=1)
    assert opening.raced(1)(site, ()) == Skip(f"It would take about {seconds:.0f} s; at most 6 s are for it.")


def test_limits_keep_base_models_and_blends_out(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site]
) -> None:
    site = dataclasses.replace(with_options(fresh_site, max_latency_ms=2.0), bases=(BASE,))
    slow = {"latency_ms": 9.0, "size_mb": 1.0}
    played, skipped = play(site, a_rung, cost=slow)
    assert "finetune" not in played
    assert skipped["finetune"] == (
        "A base model cannot hold the limits: its probe takes 9.00 ms a row where 2 is allowed."
    )
    assert skipped["blend"] == "A blend needs two unlike rungs that hold the limits."


@pytest.mark.parametrize(
    "options, reason",
    [({"only": ("linear",)}, "Not among --only."), ({"without": ("probe",)}, "Left out by --without.")],
)
def test_the_user_may_close_pages(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], options: Any, reason: str
) -> None:
    site = dataclasses.replace(with_options(fresh_site, **options), bases=(BASE,))
    played, skipped = play(site, a_rung)
    assert played[:2] == ["floor", "linear"], "every score is read against the floor"
    assert "probe" not in played
    assert skipped["probe"] == reason


def test_what_cannot_be_stopped_half_way_needs_the_time_it_is_given(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site]
) -> None:
    site = dataclasses.replace(with_options(fresh_site, minutes=0.1), bases=(BASE,))
    site.write("rate", family=forecast.family(NaiveBayesLogistic()), seconds=1.0)
    found = opening.naive_bayes(site, (a_rung(0),))
    assert isinstance(found, Skip)
    seconds = forecast.seconds(site, NaiveBayesLogistic())
    assert found.reason == f"It would take about {seconds:.0f} s; at most 4 s are for it.", "nothing was learned yet"
    site.write("rung", number=1)
    found = opening.naive_bayes(site, (a_rung(0),))
    assert isinstance(found, Skip)
    assert found.reason == f"It would take about {seconds:.0f} s; at most 2 s are for it."
    assert isinstance(opening.naive_bayes(with_options(fresh_site, minutes=600), (a_rung(0),)), Edit)


def test_a_fit_is_timed_on_a_few_rows_before_it_is_promised(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "TRIAL_ROWS", 100)
    site, family = with_options(fresh_site, minutes=1), forecast.family(TfidfLogistic())
    assert family not in forecast.rates(site)
    assert isinstance(opening.linear(site, (a_rung(0),)), Edit)
    rate = forecast.rates(site)[family]
    assert 0 < rate < 0.1
    opening.linear(site, (a_rung(0),))
    assert [event["seconds"] for event in site.ledger if event["event"] == "rate"] == [rate], "timed once"
    assert not list((site.folder / "scratch").glob("*-rate"))
    counted = with_options(fresh_site, rungs=3)
    opening.naive_bayes(counted, (a_rung(0),))
    assert len([event for event in counted.ledger if event["event"] == "rate"]) == 1, "a run that counts times nothing"


def test_a_trial_that_cannot_be_fitted_leaves_the_nominal_rate(
    fresh_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise InputError("a model must learn from two classes; got one; add rows")

    monkeypatch.setattr(opening, "TRIAL_ROWS", 100)
    monkeypatch.setattr(TfidfLogistic, "fit", refuse)
    site = with_options(fresh_site, minutes=1)
    assert isinstance(opening.linear(site, (a_rung(0),)), Edit)
    assert forecast.rates(site) == {}


@pytest.mark.parametrize("epochs, expected", [(3.0, 3.0), (50.0, 8.0), (1.5, 2.0), (1.0, 1.8), (0.5, None)])
def test_epochs_end_at_their_share_of_the_time(
    fresh_site: Site,
    with_options: Callable[..., Site],
    monkeypatch: pytest.MonkeyPatch,
    epochs: float,
    expected: float | None,
) -> None:
    site = dataclasses.replace(with_options(fresh_site, minutes=10), bases=(BASE,))
    rows = len(site.split.parts.fit)
    rate = opening.TRAINED_SHARE * 600 / (epochs * rows)  # so fast that just so many epochs fit
    monkeypatch.setattr("naeum.train.cost.estimate", lambda learner, parts, run: rate * forecast.work(learner, rows))
    found = opening.finetune(site, ())
    if expected is None:
        assert found == Skip("One epoch would take about 432 s; 390 s are for it.")
    else:
        assert isinstance(found, Edit)
        assert found.learner.optimization.epochs == expected
        assert f"{expected:g} epochs fit its share of the time." in found.reason
    written = site.ledger.last("rate")
    assert written["family"] == forecast.family(FineTuned(base=BASE))
    assert written["seconds"] == pytest.approx(rate)
    monkeypatch.setattr("naeum.train.cost.estimate", None)  # a rate is measured once
    assert opening.finetune(site, ()) == found


def test_small_data_shares_the_time_over_its_folds(
    fresh_site: Site, with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_options(fresh_site, minutes=10)
    rows = len(site.split.parts.fit)
    monkeypatch.setattr(opening, "measured_rate", lambda site, learner: opening.NETWORK_SHARE * 600 / (6 * rows))
    one = opening.hashed(dataclasses.replace(site, bases=()), ())
    monkeypatch.setattr(site.executor, "folds", (None,) * 3)
    three = opening.hashed(dataclasses.replace(site, bases=()), ())
    assert isinstance(one, Edit)
    assert isinstance(three, Edit)
    assert (one.learner.optimization.epochs, three.learner.optimization.epochs) == (6.0, 2.0)


def test_a_run_that_counts_rungs_takes_the_usual_epochs(fresh_site: Site) -> None:
    found = opening.hashed(dataclasses.replace(fresh_site, bases=()), ())
    assert isinstance(found, Edit)
    assert found.learner == HashedNgrams()


def test_the_fine_tune_starts_from_the_base_of_the_probe(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=(BASE,))
    found = opening.finetune(site, (a_rung(3, technique="probe", learner=Probe(base="another")),))
    assert isinstance(found, Edit)
    assert found.learner.base == "another"


def test_a_calibrated_champion_and_the_floor_are_not_calibrated(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    floor = opening.floor(fresh_site, ())
    assert isinstance(floor, Edit)
    rungs: tuple[Rung, ...] = (a_rung(0, learner=floor.learner, kept=True),)
    assert opening.calibrate(fresh_site, rungs) == Skip("A floor has nothing to calibrate.")
    rungs += (a_rung(1, kept=True),)
    found = opening.calibrate(fresh_site, rungs)
    assert isinstance(found, Edit)
    assert found.parents == (1,)
    rungs += (a_rung(2, learner=found.learner, kept=True),)
    assert opening.calibrate(fresh_site, rungs) == Skip("The champion is calibrated already.")


def test_a_run_that_goes_on_asks_again_for_what_was_left_out(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=())
    play(site, a_rung)
    assert next_step(dataclasses.replace(site, bases=(BASE,)), (a_rung(0),)) is None
    site.write(
        "run", **{name: item for name, item in site.ledger.last("run").items() if name not in ("event", "elapsed")}
    )
    again = next_step(dataclasses.replace(site, bases=(BASE,)), (a_rung(0),))
    assert again is not None
    assert again.technique == "probe", "the floor and the linear models were decided on before"
