"""Does a search find better settings, prune, replay after a kill, and decide?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, Parts, State, Task, subset
from naeum.errors import InputError
from naeum.model.around.searched import Searched, SearchedPredictor
from naeum.model.floor import Majority
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun
from naeum.values import Choice, Real, setting


@dataclass(frozen=True, eq=False)
class Guess:
    kind: ClassVar[str] = "guess"
    version: ClassVar[int] = 1
    task: Task
    right: float
    truth: dict[str, int]

    def predict(self, rows: pa.Table) -> Outputs:
        codes = np.array([self.truth.get(text, 0) for text in rows["text"].to_pylist()])
        wrong = np.arange(len(codes)) / max(len(codes), 1) >= self.right
        return Outputs(self.task, np.eye(2, dtype=np.float32)[np.where(wrong, 1 - codes, codes)])

    def state(self) -> State:
        return State({"right": self.right})

    def decided(self, learner: Any) -> Any:
        return learner

    @classmethod
    def restore(cls, task: Task, state: State) -> Guess:
        return cls(task, state.settings["right"], {})


@dataclass(frozen=True)
class Hill:
    """Its accuracy is 1 - (x - 0.7)² where it is not broken: the best setting is known."""

    kind: ClassVar[str] = "hill"
    version: ClassVar[int] = 1
    x: float = setting(0.1, Real(0.0, 1.0))
    broken: bool = setting(False, Choice((False, True)))

    def fit(self, parts: Parts, run: Any) -> Guess:
        run.report(len(parts.fit), 1)
        right = 0.0 if self.broken else 1 - (self.x - 0.7) ** 2
        known = dict(zip(parts.tune.rows["text"].to_pylist(), parts.tune.target.tolist(), strict=True))
        return Guess(parts.fit.task, right, known)


@pytest.mark.parametrize("sampler", ["tpe", "random", "grid"])
def test_the_best_trial_is_better_than_the_start(sampler: str, tmp_path: Path) -> None:
    learner = Searched(Hill(), trials=6, sampler=sampler)
    fitted = learner.fit(parts(900), TinyRun(tmp_path))
    scores = [row["score"] for row in fitted.trials if not row["pruned"]]
    assert fitted.trials[0]["params"] == {"x": 0.1, "broken": False}
    assert max(scores) > scores[0]
    decided = fitted.decided(learner)
    assert (
        decided.x
        == max((row for row in fitted.trials if not row["pruned"]), key=lambda row: row["score"])["params"]["x"]
    )


def test_a_trial_that_falls_behind_is_pruned(tmp_path: Path) -> None:
    fitted = Searched(Hill(), trials=14).fit(parts(1200), TinyRun(tmp_path))
    pruned = [row for row in fitted.trials if row["pruned"]]
    assert pruned
    best = max(row["score"] for row in fitted.trials if not row["pruned"])
    assert all(row["score"] < best for row in pruned)


def test_a_killed_search_goes_on_and_ends_alike(tmp_path: Path) -> None:
    both = parts(900)
    whole = Searched(Hill(), trials=8).fit(both, TinyRun(tmp_path / "a"))
    Searched(Hill(), trials=8).fit(both, TinyRun(tmp_path / "b"))
    trials = tmp_path / "b" / "scratch" / "outer" / "trials.jsonl"
    lines = trials.read_bytes().splitlines(keepends=True)
    trials.write_bytes(b"".join(lines[:3]) + lines[3][:10])
    again = Searched(Hill(), trials=8).fit(both, TinyRun(tmp_path / "b"))
    assert again.trials == whole.trials


def test_it_ends_early_when_time_is_short(tmp_path: Path) -> None:
    fitted = Searched(Hill(), trials=50).fit(parts(40), TinyRun(tmp_path, seconds=-1.0))
    assert len(fitted.trials) == 1


def test_without_tune_rows_the_settings_stay(tmp_path: Path) -> None:
    both, learner = parts(60), Searched(Hill(), trials=3)
    fitted = learner.fit(Parts(both.fit, subset(both.tune, [], "none")), TinyRun(tmp_path))
    assert fitted.trials == ()
    assert fitted.decided(learner) == Hill()


def test_it_comes_back_from_its_state(tmp_path: Path) -> None:
    both, learner = parts(60), Searched(Hill(), trials=3)
    fitted = learner.fit(both, TinyRun(tmp_path))
    state = fitted.state()
    back = SearchedPredictor.restore(
        both.fit.task, State(json.loads(json.dumps(dict(state.settings))), {}, state.children)
    )
    assert back.decided(learner) == fitted.decided(learner)
    assert back.task == both.fit.task


def test_what_is_refused(tmp_path: Path) -> None:
    both, run = parts(20), TinyRun(tmp_path)
    with pytest.raises(InputError, match=r"a sampler must be one of tpe, random, grid; got 'luck'; correct its name"):
        Searched(Hill(), sampler="luck").fit(both, run)
    with pytest.raises(InputError, match=r"must have a search space; got 'y'; choose among x, broken"):
        Searched(Hill(), paths=("y",)).fit(both, run)
    with pytest.raises(InputError, match=r"must have a searchable setting; majority has none; name another"):
        Searched(Majority()).fit(Parts(both.fit, subset(both.tune, [], "none")), run)
