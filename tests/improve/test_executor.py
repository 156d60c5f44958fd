"""Is a fit done once, never reused when it was cut short, and tuned on rows it did not see?"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Dataset, Outputs, Parts, Policy, Predictor, State, Task, subset
from naeum.improve.clock import Clock
from naeum.improve.executor import Executor, Fold, load_outputs, save_outputs
from naeum.testing.data import make

FITS: list[str] = []  # what was fitted, in order: the test's own record


@dataclass(frozen=True, eq=False)
class Seen:
    """Knows which rows it was fitted on: answers class 1 to those, class 0 to others."""

    kind: ClassVar[str] = "seen"
    version: ClassVar[int] = 1
    task: Task
    texts: tuple[str, ...]
    complete: bool = True

    def predict(self, rows: pa.Table) -> Outputs:
        known = np.isin(np.array(rows[self.task.inputs[0]].to_pylist()), np.array(self.texts))
        return Outputs(self.task, np.stack([~known, known], axis=1).astype(np.float32))

    def state(self) -> State:
        return State({"texts": list(self.texts)})

    @classmethod
    def restore(cls, task: Task, state: State) -> Seen:
        return cls(task, tuple(state.settings["texts"]))

    def decided(self, learner: Any) -> Any:
        return learner


@dataclass(frozen=True)
class Memory:
    kind: ClassVar[str] = "memory"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Any]] = frozenset({"N→1"})
    cut: bool = False

    def fit(self, parts: Parts, run: Any) -> Predictor:
        FITS.append(parts.fit.key)
        run.report(1, 1)
        return Seen(parts.fit.task, tuple(parts.fit.rows["text"].to_pylist()), not self.cut)


@dataclass(frozen=True)
class Around:
    kind: ClassVar[str] = "around"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Any]] = frozenset({"N→1"})
    inner: Any = field(default_factory=Memory)

    def fit(self, parts: Parts, run: Any) -> Predictor:
        outputs, data = run.held_out(self.inner, parts)
        assert len(outputs) == len(data)
        assert not outputs.codes.any(), "a held-out row was in the fit that answers it"
        return run.fit(self.inner, parts)  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def forget() -> None:
    FITS.clear()


def executor(folder: Path, folds: tuple[Fold, ...] = (), events: list[Any] | None = None) -> Executor:
    watch = (lambda event: None) if events is None else events.append
    clock = Clock(folder / "clock.json", 60)
    kinds = {"seen": Seen}
    return Executor(folder, kinds, Policy(), clock, digest_of=lambda name: name, watch=watch, folds=folds)


def cut(data: Dataset, count: int = 5) -> tuple[Fold, ...]:
    """Folds by position, each with a tenth of its other rows as tune."""
    place = np.arange(len(data)) % count
    found = []
    for fold in range(count):
        others = np.flatnonzero(place != fold)
        inner = np.arange(len(others)) % 10 == 0
        parts = Parts(
            subset(data, others[~inner], f"fit{fold}"),
            subset(data, others[inner], f"tune{fold}"),
        )
        found.append(Fold(parts, subset(data, np.flatnonzero(place == fold), f"fold{fold}")))
    return tuple(found)


def test_the_same_fit_is_done_once_even_by_another_process(tmp_path: Path) -> None:
    data = make(40)
    parts = Parts(subset(data, range(30), "fit"), subset(data, range(30, 40), "tune"))
    first = executor(tmp_path).fit(Memory(), parts, 0)
    again = executor(tmp_path).fit(Memory(), parts, 0)
    assert again.key == first.key
    assert FITS == ["fit"]
    assert again.predictor.predict(parts.fit.rows).codes.all()
    executor(tmp_path).fit(Memory(), parts, seed=1)
    executor(tmp_path).fit(Memory(), Parts(parts.tune, parts.fit), 0)
    assert FITS == ["fit", "fit", "tune"]


def test_what_a_deadline_cut_short_is_never_reused(tmp_path: Path) -> None:
    data = make(40)
    parts = Parts(subset(data, range(30), "fit"), subset(data, range(30, 40), "tune"))
    one = executor(tmp_path)
    first, second = one.fit(Memory(cut=True), parts, 0), one.fit(Memory(cut=True), parts, 0)
    assert not first.complete
    assert first.key != second.key
    assert len(FITS) == 2
    assert not one.fitted(first.key).complete


def test_the_key_knows_threads_and_bases(tmp_path: Path) -> None:
    data = make(40)
    parts = Parts(data, subset(data, [0], "tune"))
    one = executor(tmp_path)
    key = one.key(Memory(), parts, 0)
    one.policy = Policy(threads=7)
    assert one.key(Memory(), parts, 0) != key


def test_held_out_rows_were_never_fitted(tmp_path: Path) -> None:
    data = make(60)
    folds = cut(data)
    one = executor(tmp_path, folds)
    for fold in folds:
        one.fit(Around(), fold.parts, 0)
    whole = Parts(subset(data, range(0, 54), "most"), subset(data, range(54, 60), "rest"))
    one.fit(Around(), whole, 0)
    assert len(FITS) == 6, "five folds and the whole, each fitted once"


def test_held_out_is_tune_where_there_are_no_folds(tmp_path: Path) -> None:
    data = make(40)
    parts = Parts(subset(data, range(30), "fit"), subset(data, range(30, 40), "tune"))
    outputs, rows, complete = executor(tmp_path).held_out(Memory(), parts, 0, float("inf"))
    assert rows.key == "tune"
    assert complete
    assert not outputs.codes.any()


def test_progress_is_told_with_the_time_left(tmp_path: Path) -> None:
    events: list[Any] = []
    data = make(20)
    executor(tmp_path, events=events).fit(Memory(), Parts(data, subset(data, [0], "tune")), 0)
    assert events[0]["event"] == "progress"
    assert 0 < events[0]["seconds_left"] <= 60


def test_answers_are_kept(tmp_path: Path) -> None:
    data = make(20)
    one = executor(tmp_path)
    fit = one.fit(Memory(), Parts(data, subset(data, [0], "tune")), 0)
    first = one.answers(fit, data)
    files = list((tmp_path / "answers").iterdir())
    assert [file.name for file in files] == [f"{fit.key}-{data.key}.safetensors"]
    np.testing.assert_array_equal(one.answers(fit, data).scores, first.scores)


def test_outputs_come_back_equal(tmp_path: Path) -> None:
    task = Task(classes=("a", "b"))
    outputs = Outputs(task, np.array([[1, 2], [3, 4], [5, 6]], np.float32), "sigmoid", np.array([0, 1, 3]))
    save_outputs(tmp_path / "o.safetensors", outputs)
    back = load_outputs(tmp_path / "o.safetensors", task)
    np.testing.assert_array_equal(back.scores, outputs.scores)
    assert back.link == "sigmoid"
    assert back.offsets is not None
    assert back.offsets.tolist() == [0, 1, 3]
