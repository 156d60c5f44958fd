"""Does each law of learners and predictors see the learner that breaks it, also one from outside naeum?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from naeum.contract import Outputs, Parts, Predictor, Run, State, Task
from naeum.model.floor import Majority, Prior
from naeum.testing import learners as laws
from naeum.testing.bench import Bench
from naeum.testing.laws import Broken, keep
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS


@dataclass(frozen=True)
class Bad:
    """A majority learner with one fault, named by `fault`."""

    fault: str = ""

    kind: ClassVar[str] = "bad"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[str]] = frozenset({"N→1"})

    def fit(self, parts: Parts, run: Run) -> Predictor:
        fit = parts.fit
        if self.fault == "writes":
            fit.weight[0] += 1
        if self.fault == "hears weightless":
            fit = replace(fit, weight=np.ones_like(fit.weight))
        if self.fault == "hears unlabelled":
            fit = replace(fit, target=np.maximum(fit.target, 0))
        if self.fault == "needs tune" and not len(parts.tune):
            raise ZeroDivisionError("no tune row")
        prior = Majority().fit(Parts(fit, parts.tune), run)
        if self.fault == "certain of all":
            return BadPrior(fit.task, np.zeros(3, np.float32), fault=self.fault)
        return BadPrior(fit.task, prior.scores, fault=self.fault)


@dataclass(frozen=True, eq=False)
class BadPrior(Prior):
    """Its predictor."""

    fault: str = ""

    kind: ClassVar[str] = "bad"

    def predict(self, rows: Any) -> Outputs:
        scores = super().predict(rows).scores
        return Outputs(
            self.task, scores + np.float32(time.perf_counter_ns() % 997) if self.fault == "random" else scores
        )

    def state(self) -> State:
        return State({"fault": self.fault}, {"scores": self.scores})

    @classmethod
    def restore(cls, task: Task, state: State) -> BadPrior:
        return cls(task, state.arrays["scores"], fault=state.settings["fault"])

    def decided(self, learner: Any) -> Any:
        return replace(learner, fault=learner.fault + "!") if self.fault.startswith("restless") else learner


def bench(fault: str, folder: Path) -> Bench:
    return Bench(Bad(fault), folder, {"bad": Bad}, {"bad": BadPrior})


@pytest.mark.parametrize(
    "law, fault, says",
    [
        (laws.fit_changes_nothing, "writes", "weight changed"),
        (laws.rows_of_weight_zero_are_as_if_absent, "hears weightless", "weightless rows were heard"),
        (laws.unlabelled_rows_are_ignored, "hears unlabelled", "unlabelled rows were heard"),
        (laws.same_seed_same_model, "random", "two fits differ"),
        (laws.a_class_without_rows_is_improbable, "certain of all", "an absent class got 0.33"),
        (laws.decided_has_nothing_left_to_decide, "restless", "was decided after"),
        (laws.learns_the_truth, "", "an error of 0.62 where the floor has 0.62"),
    ],
)
def test_a_fault_is_seen(law: Callable[[Bench], None], fault: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Broken, match=says):
        law(bench(fault, tmp_path))


def test_a_crash_is_seen(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError, match="no tune row"):
        laws.fits_without_tune(bench("needs tune", tmp_path))


def test_a_sound_learner_of_a_third_party_keeps_all_laws(tmp_path: Path) -> None:
    here = bench("", tmp_path)
    exempt = {
        "another_process_same_model": "a class of a test file cannot be imported from everywhere",
        "learns_the_truth": "it counts classes and reads no word",
    }
    assert len(keep(LEARNER_LAWS, here, exempt)) == len(LEARNER_LAWS) - len(exempt)
    assert keep(PREDICTOR_LAWS, here) == tuple(law.__name__ for law in PREDICTOR_LAWS)


@dataclass
class Loose:
    """A learner that is not frozen."""

    kind: ClassVar[str] = "loose"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[str]] = frozenset({"N→1"})
    size: int = 1


@dataclass(frozen=True)
class Listed(Bad):
    """A learner with a list among its settings: JSON gives a tuple back."""

    kind: ClassVar[str] = "listed"
    sizes: Any = ()


def test_a_learner_that_is_no_value_is_seen(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="Loose is no value: not frozen, or no kind"):
        laws.is_a_frozen_value_of_few_fields(Bench(Loose(), tmp_path))
    with pytest.raises(Broken, match="came back for"):
        laws.survives_json(Bench(Listed(sizes=[1, 2]), tmp_path, {"listed": Listed}))
