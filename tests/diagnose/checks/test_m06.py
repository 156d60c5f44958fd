"""M06 no better than the floor: fires, keeps quiet, does not apply."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from naeum.diagnose.checks import NoBetterThanFloor
from naeum.errors import NotApplicable


@dataclass(frozen=True)
class Floor:
    kind: ClassVar[str] = "majority"


def _floor(answers, data):
    return answers(data, data.target == 1)  # always class 0


def test_fires_on_guessing(subject, answers):
    given = subject(tune_error=0.49)
    found = NoBetterThanFloor().look(subject(tune_error=0.49, floor_outputs=_floor(answers, given.tune)))
    assert found.numbers["low"] <= 0 and found.numbers["floor"] == pytest.approx(0.5)
    assert "accuracy is 0.510 on 1,000 tune rows" in found.seen and len(found.rows) == 20


def test_judges_by_the_metric_asked_for(subject, rows, answers):
    """90 % of one class: always saying it has the accuracy, not the macro F1, of a model that tries."""
    tune = rows(np.arange(1000) % 10 == 0, start=10_000)
    tries = answers(tune, np.arange(1000) % 10 == 1)  # finds all of the small class, with as many false alarms
    given = {"tune": tune, "tune_outputs": tries, "floor_outputs": answers(tune, tune.target == 1)}
    assert NoBetterThanFloor().look(subject(**given)) is not None
    assert NoBetterThanFloor().look(subject(**given, metric="macro_f1")) is None


def test_keeps_quiet_where_the_gain_is_sure(subject, answers):
    given = subject()
    assert NoBetterThanFloor().look(subject(floor_outputs=_floor(answers, given.tune))) is None


def test_does_not_apply_to_the_floor_itself(subject, answers):
    given = subject()
    with pytest.raises(NotApplicable, match="this rung is the floor itself"):
        NoBetterThanFloor().look(subject(learner=Floor(), floor_outputs=_floor(answers, given.tune)))


def test_does_not_apply_without_the_floor_or_with_few_rows(subject, answers):
    with pytest.raises(NotApplicable, match="it needs the floor's answers to the tune rows; there are none"):
        NoBetterThanFloor().look(subject())
    given = subject(tune_rows=20)
    with pytest.raises(NotApplicable, match="it needs 30 labelled tune rows; there are 20"):
        NoBetterThanFloor().look(subject(tune_rows=20, floor_outputs=_floor(answers, given.tune)))
