"""Do recorded ladders move the priors, as much as they say and no more?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.improve.techniques.priors import GUESSES, UNKNOWN, Recorded, Usual, prior, priors_from, recorded
from naeum.measure import metric


def test_an_unknown_technique_is_worth_a_try():
    assert prior("my own") == UNKNOWN
    assert UNKNOWN.mean == 0 and UNKNOWN.sd > 0


def test_guesses_are_careful():
    for name, one in GUESSES.items():
        assert -0.05 <= one.mean <= 0.2 and 0 < one.sd <= 0.2 and one.cost > 0, name


def test_no_ladder_changes_nothing():
    assert priors_from([]) == GUESSES


def test_many_records_win_over_the_guess():
    rng = np.random.default_rng(0)
    gains = rng.normal(0.10, 0.03, 500) + rng.normal(0, 0.01, 500)
    ladders = [[Recorded("dropout", gain, 0.01, 2.0)] for gain in gains]
    learnt = priors_from(ladders)["dropout"]
    assert (learnt.mean, learnt.sd, learnt.cost) == pytest.approx((0.10, 0.03, 2.0), rel=0.12)


def test_few_records_move_it_part_of_the_way_and_only_for_their_technique():
    learnt = priors_from([[Recorded("dropout", 0.10, 0.01)], [Recorded("dropout", 0.12, 0.01)]])
    assert 0.02 < learnt["dropout"].mean < 0.06
    assert {name: one for name, one in learnt.items() if name != "dropout"} == {
        name: one for name, one in GUESSES.items() if name != "dropout"
    }


def test_noisy_records_count_less():
    sure = priors_from([[Recorded("dropout", 0.1, 0.01), Recorded("dropout", 0.0, 0.5)]])["dropout"]
    assert sure.mean > priors_from([[Recorded("dropout", 0.1, 0.5), Recorded("dropout", 0.0, 0.01)]])["dropout"].mean


def test_a_new_technique_starts_from_the_unknown():
    learnt = priors_from([[Recorded("mine", 0.2, 0.02, 0.0)]], before={"other": Usual(0.0, 0.1, 1.0)})
    assert 0 < learnt["mine"].mean < 0.2 and learnt["mine"].cost == 1.0
    assert learnt["other"] == Usual(0.0, 0.1, 1.0)


def test_a_ladder_is_read_relative_to_the_error_there_was(learners, rung):
    first = rung(learners["probe"], 1, score=0.80, cost={"seconds": 10.0})
    better = {"parents": (1,), "gain": 0.02, "gain_low": 0.0, "gain_high": 0.04, "technique": "full"}
    second = rung(learners["tuned"], 2, score=0.82, cost={"seconds": 40.0}, **better)
    cut = rung(learners["top"], 3, score=0.82, complete=False, **better)
    faultless = rung(learners["lora"], 4, score=1.0, **{**better, "gain": 0.0})
    (one,) = recorded((first, second, cut, faultless), metric("accuracy"))
    assert (one.technique, one.cost) == ("full", 4.0)
    assert (one.gain, one.error) == pytest.approx((0.1, 0.02 / 1.96 / 0.2))
    loss = rung(learners["tuned"], 2, score=0.4, **{**better, "gain": 0.1})
    (one,) = recorded((loss,), metric("log_loss"))
    assert one.gain == pytest.approx(0.2) and one.cost == 0.0
