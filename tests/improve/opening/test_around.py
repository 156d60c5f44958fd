"""What is put around the rungs?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from naeum.contract import Edit, Rung
from naeum.improve.opening import around, book
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.measure import metric
from naeum.model.around.ordinal import Ordinal
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.testing.worlds import ordered

BASE = "a-base"


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base model is only a name here."""
    monkeypatch.setattr("naeum.improve.start._digest", lambda name, policy: f"digest of {name}")


def test_the_best_quick_rung_is_asked_one_question_a_step(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    site = replace(fresh_site, task=replace(ordered.TASK, metric="mae"), metric=metric("mae"))
    learners = (Majority(), TfidfLogistic(), NaiveBayesLogistic(), TfidfOrdinal())
    rungs = tuple(a_rung(at, learner=one, tune_score=1.0 - 0.1 * at) for at, one in enumerate(learners))
    found = around.ordinal(site, rungs)
    assert isinstance(found, Edit) and found.learner == Ordinal(NaiveBayesLogistic())
    assert around.ordinal(site, rungs[:1]) == Skip("It needs a quick learner that gives probabilities of two classes.")


def test_classes_in_an_order_have_their_own_steps() -> None:
    names = [name for name, _ in book(replace(ordered.TASK, metric="quadratic_kappa"))]
    assert names[-1] == "cut_points" and {"ordinal", "ordinal_linear"} < set(names) and "calibrate" not in names
    told = [name for name, _ in book(replace(ordered.TASK, metric="log_loss"))]
    assert told[-1] == "calibrate" and "ordinal" in told
    assert "ordinal" not in [name for name, _ in book(replace(ordered.TASK, ordered=False, metric="accuracy"))]


def test_a_calibrated_champion_and_the_floor_are_not_calibrated(fresh_site: Site, a_rung: Callable[..., Rung]) -> None:
    floor = around.floor(fresh_site, ())
    assert isinstance(floor, Edit)
    rungs: tuple[Rung, ...] = (a_rung(0, learner=floor.learner, kept=True),)
    assert around.calibrate(fresh_site, rungs) == Skip("A floor has nothing to finish.")
    rungs += (a_rung(1, kept=True),)
    found = around.calibrate(fresh_site, rungs)
    assert isinstance(found, Edit)
    assert found.parents == (1,)
    rungs += (a_rung(2, learner=found.learner, kept=True),)
    assert around.calibrate(fresh_site, rungs) == Skip("The champion is calibrated already.")
