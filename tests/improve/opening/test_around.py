"""What is put around the rungs?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from naeum.contract import Edit, Rung
from naeum.improve.opening import around
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site

BASE = "a-base"


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """A base model is only a name here."""
    monkeypatch.setattr("naeum.improve.start._digest", lambda name, policy: f"digest of {name}")


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
