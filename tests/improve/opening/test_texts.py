"""Which learners read texts first, and with how many epochs?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from naeum.contract import Edit, Rung
from naeum.improve import forecast
from naeum.improve.opening import texts, timing
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.networks import HashedNgrams
from naeum.model.text.probe import Probe

BASE = "a-base"


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base model is only a name here."""
    monkeypatch.setattr("naeum.improve.start._digest", lambda name, policy: f"digest of {name}")


def test_base_models_race_and_the_best_on_tune_is_trained(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=(BASE, "b", "c", "d"))
    found = texts.raced(1)(site, ())
    assert isinstance(found, Edit) and (found.learner, found.technique) == (Probe(base="b"), "second_base")
    assert found.reason == f"A race of base models: the same head on b instead of {BASE}."
    probes = [
        a_rung(number, learner=Probe(base=base), technique=name, tune_score=score)
        for number, (base, name, score) in enumerate(
            [(BASE, "probe", 0.7), ("b", "second_base", 0.9), ("c", "third_base", 0.8)], 1
        )
    ]
    trained = texts.finetune(site, (a_rung(0), *probes))
    assert isinstance(trained, Edit) and trained.learner.base == "b"


def test_a_race_that_takes_too_long_is_left_out(
    fresh_site: Site, with_options: Callable[..., Site], a_rung: Callable[..., Rung]
) -> None:
    site = dataclasses.replace(with_options(fresh_site, minutes=1), bases=(BASE, "b"))
    site.write("rate", family=forecast.family(Probe(base="b")), seconds=1.0)
    seconds = forecast.seconds(site, Probe(base="b"))
    site.write("rung", number=1)
    assert texts.raced(1)(site, ()) == Skip(f"It would take about {seconds:.0f} s; at most 6 s are for it.")


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
    rate = texts.TRAINED_SHARE * 600 / (epochs * rows)  # so fast that just so many epochs fit
    monkeypatch.setattr("naeum.train.cost.estimate", lambda learner, parts, run: rate * forecast.work(learner, rows))
    found = texts.finetune(site, ())
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
    assert texts.finetune(site, ()) == found


def test_small_data_shares_the_time_over_its_folds(
    fresh_site: Site, with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_options(fresh_site, minutes=10)
    rows = len(site.split.parts.fit)
    monkeypatch.setattr(timing, "measured_rate", lambda site, learner: texts.NETWORK_SHARE * 600 / (6 * rows))
    one = texts.hashed(dataclasses.replace(site, bases=()), ())
    monkeypatch.setattr(site.executor, "folds", (None,) * 3)
    three = texts.hashed(dataclasses.replace(site, bases=()), ())
    assert isinstance(one, Edit)
    assert isinstance(three, Edit)
    assert (one.learner.optimization.epochs, three.learner.optimization.epochs) == (6.0, 2.0)


def test_a_run_that_counts_rungs_takes_the_usual_epochs(fresh_site: Site) -> None:
    found = texts.hashed(dataclasses.replace(fresh_site, bases=()), ())
    assert isinstance(found, Edit)
    assert found.learner == HashedNgrams()


def test_the_fine_tune_starts_from_the_base_of_the_probe(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = dataclasses.replace(fresh_site, bases=(BASE,))
    found = texts.finetune(site, (a_rung(3, technique="probe", learner=Probe(base="another")),))
    assert isinstance(found, Edit)
    assert found.learner.base == "another"
