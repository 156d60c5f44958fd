"""Does a trained predictor tell its training, and is its recipe decided where tune said the weights were best?"""

from __future__ import annotations

import json
from dataclasses import dataclass

from naeum.model.history import WithHistory
from naeum.model.text.networks import HashedNgrams
from naeum.train.job import Moment


@dataclass(frozen=True)
class Told(WithHistory):
    history: tuple[Moment, ...] = ({"epoch": 0.5, "tune": 0.25}, {"epoch": 1.0, "tune": 0.5})
    best_epochs: float = 1.5
    complete: bool = True


def test_a_recipe_stops_where_the_weights_were_best_and_waits_no_longer() -> None:
    learner = HashedNgrams()
    decided = Told().decided(learner)
    assert learner.patience and not decided.patience
    assert decided.optimization.course.stop_after == 1.5
    assert decided.optimization.epochs == learner.optimization.epochs  # the schedule of the rate stays as it was


def test_a_recipe_that_waited_for_nothing_stays_as_it_is() -> None:
    decided = Told().decided(HashedNgrams())
    assert Told(best_epochs=9.0).decided(decided) is decided


def test_what_is_told_of_the_training_can_be_written_as_json() -> None:
    told = Told().training()
    assert json.loads(json.dumps(told)) == {
        "history": [{"epoch": 0.5, "tune": 0.25}, {"epoch": 1.0, "tune": 0.5}],
        "best_epochs": 1.5,
        "complete": True,
    }
