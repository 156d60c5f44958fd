"""Does each law of predictors see the predictor that breaks it?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from naeum.contract import Outputs, Parts, Predictor, Run, State, Task
from naeum.model.floor import Majority, Prior
from naeum.testing import predictors as laws
from naeum.testing.bench import Bench
from naeum.testing.laws import Broken


@dataclass(frozen=True)
class Bad:
    """A majority learner whose predictor has one fault."""

    fault: str = ""

    kind: ClassVar[str] = "bad"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[str]] = frozenset({"N→1"})

    def fit(self, parts: Parts, run: Run) -> Predictor:
        prior = Majority().fit(parts, run)
        return BadPrior(prior.task, prior.scores, fault=self.fault)


@dataclass(frozen=True, eq=False)
class BadPrior(Prior):
    """The predictor."""

    fault: str = ""
    counter: Iterator[int] = field(default_factory=itertools.count)

    kind: ClassVar[str] = "bad"

    def predict(self, rows: Any) -> Outputs:
        scores = super().predict(rows).scores
        texts = rows["text"].to_pylist()
        if self.fault == "random":
            scores = scores + np.float32(next(self.counter))
        if self.fault == "drops rows":
            scores = scores[1:]
        if self.fault == "looks around":
            scores = scores + np.float32(len(rows))
        if self.fault == "counts places":
            scores = scores + np.arange(len(rows), dtype=np.float32)[:, None]
        if self.fault == "not finite" and any(not text for text in texts):
            scores = scores * np.float32(np.nan)
        if self.fault == "long" and max(map(len, texts)) > 100_000:
            raise MemoryError("too long")
        return Outputs(self.task, scores, "identity" if self.fault == "link" else "softmax")

    def state(self) -> State:
        settings = {"fault": self.fault} | ({"count": next(self.counter)} if self.fault == "counts" else {})
        if self.fault == "objects":
            return State(settings, {"scores": self.scores, "names": np.array(["a"], dtype=object)})
        return State(settings, {} if self.fault == "forgets" else {"scores": self.scores})

    @classmethod
    def restore(cls, task: Task, state: State) -> BadPrior:
        return cls(task, state.arrays.get("scores", np.zeros(3, np.float32)), fault=state.settings["fault"])


@pytest.mark.parametrize(
    "law, fault, says",
    [
        (laws.answers_every_row, "drops rows", "not one answer a row"),
        (laws.probabilities_sum_to_one, "link", r"a probability is outside \[0, 1\]"),
        (laws.odd_rows_are_answered, "not finite", "probabilities are not finite"),
        (laws.batch_size_changes_nothing, "looks around", "single rows got other scores"),
        (laws.order_changes_nothing, "counts places", "order changed scores"),
        (laws.threads_get_the_same_answers, "random", "a thread got other scores"),
        (laws.predicting_changes_nothing, "counts", "the state changed by predicting"),
        (laws.state_is_plain, "objects", "array names is not numeric"),
        (laws.comes_back_from_a_store, "forgets", "scores changed by storing"),
    ],
)
def test_a_fault_is_seen(law: Callable[[Bench], None], fault: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Broken, match=says):
        law(Bench(Bad(fault), tmp_path, {"bad": Bad}, {"bad": BadPrior}))


def test_a_crash_on_a_long_text_is_seen(tmp_path: Path) -> None:
    with pytest.raises(MemoryError, match="too long"):
        laws.a_million_characters_are_answered(Bench(Bad("long"), tmp_path, {"bad": Bad}, {"bad": BadPrior}))


def test_a_predictor_that_is_not_frozen_or_has_another_task_is_seen(tmp_path: Path) -> None:
    class Loose(Prior):
        __setattr__ = object.__setattr__

    bench = Bench(Majority(), tmp_path)
    loose = Loose(Task(classes=("x", "y", "z")), np.zeros(3, np.float32))
    bench.__dict__["fitted"] = loose  # as if it had been fitted
    with pytest.raises(Broken, match="task Task"):
        laws.names_kind_version_and_task(bench)
    with pytest.raises(Broken, match="the task of Loose could be changed"):
        laws.is_frozen(bench)
