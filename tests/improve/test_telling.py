"""Do the sentences at the end say what the ladder says?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from naeum.contract import Rung
from naeum.improve import telling
from naeum.improve.site import Site
from naeum.store import Ledger

CURVE = {"errors": [0.4, 0.3, 0.2], "at_double": 0.15, "at_double_low": 0.13, "at_double_high": 0.18}


@pytest.fixture
def site(fresh_site: Site, tmp_path: Path) -> Site:
    import dataclasses

    ledger = Ledger(tmp_path / "another.jsonl")
    ledger.append({"event": "run"})
    return dataclasses.replace(fresh_site, ledger=ledger)


@pytest.fixture
def rungs(a_rung: Callable[..., Rung]) -> tuple[Rung, ...]:
    return (
        a_rung(0, 0.3, technique="floor", kept=True),
        a_rung(1, 0.8, kept=True, gain=0.5),
        a_rung(2, 0.7, technique="lora", gain=-0.1),
        a_rung(3, 0.85, technique="blend", kept=True, gain=0.05),
    )


def test_the_steps_to_the_champion_are_told(site: Site, rungs: tuple[Rung, ...]) -> None:
    assert telling.why(site, rungs, rungs[3]) == (
        "From the floor at 0.3000 to 0.8500 accuracy on select: linear (rung 1) +0.5000; blend (rung 3) +0.0500. "
        "The largest step was linear. 1 of 4 rungs were tried and not kept."
    )
    assert telling.why(site, rungs[:2], rungs[1]) == (
        "From the floor at 0.3000 to 0.8000 accuracy on select: linear (rung 1) +0.5000."
    )


def test_a_champion_that_limits_chose_stands_among_its_steps(site: Site, rungs: tuple[Rung, ...]) -> None:
    assert "linear (rung 1) +0.5000; lora (rung 2) -0.1000." in telling.why(site, rungs, rungs[2])


@pytest.mark.parametrize(
    "count, limit, said",
    [(1, None, "Nothing but the floor was fitted."), (4, None, "Nothing beat the floor: the rows do not tell"),
     (4, 0.5, "Nothing that holds the limits beat the floor; 3 of 4 rungs break them.")],
)  # fmt: skip
def test_a_floor_that_stays_says_why(
    site: Site, rungs: tuple[Rung, ...], with_options: Callable[..., Site], count: int, limit: Any, said: str
) -> None:
    assert telling.why(with_options(site, max_size_mb=limit), rungs[:count], rungs[0]).startswith(said)


def test_what_more_time_would_bring(site: Site, rungs: tuple[Rung, ...], with_options: Callable[..., Site]) -> None:
    def said(site: Site, rungs: tuple[Rung, ...]) -> str:
        return telling.forecast(site, rungs, rungs[-1]).partition(" More data")[0]

    assert said(site, rungs[:1]) == "More time: not known; nothing but the floor was fitted."
    assert said(site, (rungs[0], rungs[2])) == (
        "More time: not known; one rung above the floor does not tell what the next would bring."
    )
    assert said(site, (rungs[0], *rungs[2:])) == (
        "More time: the last rung brought +0.0500; about as long again may bring a part of that."
    )
    told = "More time: the last 2 rungs brought +0.0500; about as long again may bring a part of that."
    assert said(site, rungs) == told
    timed = with_options(site, minutes=1)
    out_of_ideas = "More time: little; no edit that was left promised enough to be worth a rung."
    assert said(timed, rungs) == out_of_ideas
    assert said(with_options(site, minutes=1, stop_at=0.99), rungs) == out_of_ideas
    assert said(with_options(site, minutes=1, stop_at=0.85), rungs) == told
    timed.clock._before = 50.0
    assert said(timed, rungs) == told
    timed.clock._before = 0.0
    timed.ledger.append({"event": "interrupted"})
    assert said(timed, rungs) == told, "Ctrl-C is no lack of ideas"
    timed.ledger.append({"event": "run"})
    assert said(timed, rungs) == out_of_ideas


def test_what_more_data_would_bring(site: Site, rungs: tuple[Rung, ...]) -> None:
    def said(curve: Any) -> str:
        site.ledger.append({"event": "diagnosis", "curve": curve})
        return telling.forecast(site, rungs, rungs[3]).partition("More data: ")[2]

    assert said(None).startswith("not known; the learning curve needs more rows")
    assert said(CURVE).startswith(
        "twice the rows would bring about 5.0 points fewer errors (95 % interval 2.0 to 7.0 points)"
    )
    flat = {**CURVE, "at_double": 0.2, "at_double_low": 0.199, "at_double_high": 0.201}
    assert said(flat).startswith("twice the rows would bring little (95 % interval -0.1 to 0.1 points)")
