"""Does the book open in its order, leave out what does not apply with its reason, and fit epochs to the time?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from naeum.contract import Rung
from naeum.improve.opening import book, next_step
from naeum.improve.site import Site

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
    assert {rung.technique for rung in rungs} | set(skipped) == {name for name, _ in book(site.task)}
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
    few = "It is for up to 32 rows a class and a base model"
    assert skipped.pop("prototypes").startswith(few) and skipped.pop("contrastive").startswith(few)
    assert skipped == {"probe": nothing, "finetune": nothing, "second_base": none, "third_base": none}


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
