"""Is the choice among rungs inside the cross-validation, so that luck is not reported?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from naeum.contract import Outputs, Rung, subset
from naeum.improve import estimate
from naeum.measure import metric
from naeum.testing.data import make

FOLDS = 5
DATA = make(200)


def rung(number: int, **cost: float) -> Rung:
    return Rung(number, None, "", "", (), (), f"a{number}", 0.5, 0.4, 0.6, 0.5, 0.5, cost={"size_mb": 1.0, **cost})


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site of five folds of 40 rows whose rungs answer what `answers` says."""
    scored = [subset(DATA, range(at, at + 40), f"fold{at}") for at in range(0, 200, 40)]
    answers: dict[int, Any] = {}
    made = SimpleNamespace(
        options=SimpleNamespace(seed=0),
        limits={},
        metric=metric("accuracy"),
        executor=SimpleNamespace(folds=[SimpleNamespace(scored=one) for one in scored]),
        answers=answers,
    )
    monkeypatch.setattr(estimate, "measured_parts", lambda _: SimpleNamespace(select=DATA))
    monkeypatch.setattr(
        estimate, "answer_again", lambda _, one: SimpleNamespace(select=Outputs(DATA.task, answers[one.number]))
    )
    return made


def right_on(share: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    codes = np.where(share, DATA.target, 1 - DATA.target)
    return np.eye(2, dtype=np.float32)[codes]


def test_rungs_that_are_lucky_in_turn_do_not_add_up_their_luck(site: Any) -> None:
    """Each rung is faultless on one fold and guesses elsewhere: the naive best of each fold would be 1.0."""
    rng = np.random.default_rng(0)
    place = np.arange(200) // 40
    for number in range(FOLDS):
        site.answers[number] = right_on((place == number) | (rng.random(200) < 0.5))
    found = estimate.estimated(site, tuple(rung(number) for number in range(FOLDS)))
    assert found["value"] < 0.62, "chosen by the other folds, a rung only guesses on this one"
    assert all(chosen != fold for fold, chosen in enumerate(found["chosen"]))


def test_one_rung_that_is_better_everywhere_is_chosen_everywhere(site: Any) -> None:
    rng = np.random.default_rng(0)
    site.answers[0] = right_on(rng.random(200) < 0.6)
    site.answers[1] = right_on(rng.random(200) < 0.9)
    found = estimate.estimated(site, (rung(0), rung(1)))
    assert found["chosen"] == [1] * FOLDS
    expected = (site.answers[1].argmax(axis=1) == DATA.target).mean()
    assert found["value"] == pytest.approx(expected)
    assert found["low"] < expected < found["high"]
    assert found["rows"] == 200


def test_rungs_beyond_the_limits_are_not_chosen(site: Any) -> None:
    rng = np.random.default_rng(0)
    site.limits = {"size_mb": 2.0}
    site.answers[0] = right_on(rng.random(200) < 0.6)
    site.answers[1] = right_on(np.ones(200, bool))
    found = estimate.estimated(site, (rung(0), rung(1, size_mb=5.0)))
    assert found["chosen"] == [0] * FOLDS
