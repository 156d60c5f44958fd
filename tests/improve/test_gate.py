"""Does the gate promote what is better, refuse what is not, and prefer the cheaper of equals?"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from naeum.contract import Rung
from naeum.improve import gate

CHEAP = {"latency_ms": 1.0, "size_mb": 5.0, "memory_mb": 10.0}
DEAR = {"latency_ms": 9.0, "size_mb": 90.0, "memory_mb": 200.0}


def rung(number: int, score: float, **what: Any) -> Rung:
    base = Rung(number, None, "linear", "", (), (), f"a{number}", score, score - 0.01, score + 0.01, score, score)
    return dataclasses.replace(base, **{"cost": CHEAP, **what})


def test_the_first_rung_is_the_floor() -> None:
    assert gate.decide(rung(0, 0.5), None, {}).kept


@pytest.mark.parametrize("odds, kept", [(0.95, True), (0.8, True), (0.79, False), (0.5, False), (0.1, False)])
def test_the_odds_decide_at_equal_cost(odds: float, kept: bool) -> None:
    decision = gate.decide(rung(1, 0.9, p_better=odds), rung(0, 0.5), {})
    assert decision.kept is kept
    assert f"{odds:.2f}" in decision.sentence


def test_a_near_tie_goes_to_the_cheaper() -> None:
    champion = rung(3, 0.9, cost=DEAR)
    assert gate.decide(rung(4, 0.9, p_better=0.45), champion, {}).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.45, cost=DEAR), champion, {}).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.05), champion, {}).kept


def test_between_near_ties_truer_probabilities_win_before_cost() -> None:
    champion = rung(3, 0.9)
    assert gate.decide(rung(4, 0.9, p_better=0.5, cost=DEAR), champion, {}, truer=0.99).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.5, cost=DEAR), champion, {}, truer=0.6).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.4, gain=-0.001, cost=DEAR), champion, {}, truer=0.99).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.5), rung(3, 0.9, cost=DEAR), {}, truer=0.1).kept


def test_a_run_without_a_clock_looks_at_size_alone() -> None:
    slower = {**CHEAP, "latency_ms": 99.0}
    champion = rung(3, 0.9, cost=DEAR)
    assert gate.decide(rung(4, 0.9, p_better=0.5, cost=slower), champion, {}, timed=False).kept
    assert not gate.decide(rung(4, 0.9, p_better=0.5, cost=slower), champion, {}, timed=True).kept


def test_limits_come_before_scores() -> None:
    limits = {"latency_ms": 2.0}
    refused = gate.decide(rung(2, 0.99, p_better=1.0, cost=DEAR), rung(1, 0.5), limits)
    assert not refused.kept
    assert "9.00 ms a row where 2 is allowed" in refused.sentence
    assert gate.decide(rung(2, 0.4, p_better=0.0), rung(1, 0.99, cost=DEAR), limits).kept


def test_new_limits_choose_again_among_the_rungs() -> None:
    rungs = [rung(0, 0.5, kept=True), rung(1, 0.8, kept=True), rung(2, 0.7), rung(3, 0.9, kept=True, cost=DEAR)]
    assert gate.choose(rungs, {}).number == 3
    assert gate.choose(rungs, {"latency_ms": 2.0}).number == 1
    assert gate.choose(rungs, {"size_mb": 0.1}).number == 3
    losses = [rung(0, 2.0, cost=DEAR), rung(1, 1.0, cost=DEAR)]
    assert gate.choose(losses, {"size_mb": 0.1}, sign=-1).number == 1
