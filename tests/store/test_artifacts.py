"""Do predictors come back exactly, shared ones once, and is damage noticed?"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, Predictor, State, Task
from naeum.errors import StoreError
from naeum.store import Store

TASK = Task(inputs=("본문",), target="label", classes=("부정", "긍정"))


@dataclasses.dataclass(frozen=True, eq=False)
class Scores:
    kind: ClassVar[str] = "scores"
    version: ClassVar[int] = 2
    task: Task
    table: np.ndarray[Any, Any]
    note: Path | None = None

    def predict(self, rows: pa.Table) -> Outputs:
        return Outputs(self.task, np.repeat(self.table[None], rows.num_rows, axis=0))

    def state(self) -> State:
        files = {} if self.note is None else {"note.txt": self.note}
        return State({"name": "점수"}, {"table": self.table}, {}, files)

    @classmethod
    def restore(cls, task: Task, state: State) -> Scores:
        assert state.settings["name"] == "점수"
        return cls(task, state.arrays["table"], state.files.get("note.txt"))

    @classmethod
    def upgrade(cls, settings: dict[str, Any], version: int) -> dict[str, Any]:
        return {"name": settings["title"]} if version == 1 else settings

    def decided(self, learner: Any) -> Any:
        return learner


@dataclasses.dataclass(frozen=True, eq=False)
class Pair:
    kind: ClassVar[str] = "pair"
    version: ClassVar[int] = 1
    task: Task
    left: Predictor
    right: Predictor

    def predict(self, rows: pa.Table) -> Outputs:
        return self.left.predict(rows)

    def state(self) -> State:
        return State(children={"left": self.left, "right": self.right})

    @classmethod
    def restore(cls, task: Task, state: State) -> Pair:
        return cls(task, state.children["left"], state.children["right"])

    def decided(self, learner: Any) -> Any:
        return learner


KINDS: dict[str, Any] = {"scores": Scores, "pair": Pair}


def scores(*values: float) -> Scores:
    return Scores(TASK, np.array(values, np.float32))


def test_round_trip_with_files(tmp_path: Path) -> None:
    note = tmp_path / "note"
    note.write_text("메모")
    Store(tmp_path / "s", KINDS).save("k", Scores(TASK, np.array([1.5, -2], np.float32), note), {"seconds": 3})
    note.unlink()
    back: Any = Store(tmp_path / "s", KINDS).load("k")
    assert back.task == TASK
    assert back.table.tolist() == [1.5, -2.0]
    assert back.note.read_text() == "메모"
    assert Store(tmp_path / "s", KINDS).manifest("k")["extra"] == {"seconds": 3}


def test_a_predictor_inside_two_others_stands_once(tmp_path: Path) -> None:
    store, shared = Store(tmp_path, KINDS), scores(1, 2)
    store.save("shared", shared)
    store.save("one", Pair(TASK, shared, scores(3, 4)))
    store.save("two", Pair(TASK, shared, scores(5, 6)))
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 5
    again = Store(tmp_path, KINDS)
    one: Any = again.load("one")
    two: Any = again.load("two")
    assert one.left is two.left
    assert one.right.table.tolist() == [3, 4]
    assert store.size("one") > store.size("shared")


def test_an_artifact_that_is_there_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, KINDS)
    store.save("k", scores(1, 2))
    store.save("k", scores(9, 9))
    back: Any = Store(tmp_path, KINDS).load("k")
    assert back.table.tolist() == [1, 2]


def test_older_versions_are_upgraded_and_newer_ones_refused(tmp_path: Path) -> None:
    Store(tmp_path, KINDS).save("k", scores(1, 2))
    path = tmp_path / "k" / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "version": 1, "settings": {"title": "점수"}}))
    assert Store(tmp_path, KINDS).load("k").task == TASK
    path.write_text(json.dumps({**manifest, "version": 3}))
    with pytest.raises(
        StoreError, match="scores must have at most version 2; artifact k has 3, written by a newer naeum"
    ):
        Store(tmp_path, KINDS).load("k")
    path.write_text(json.dumps({**manifest, "format": 9}))
    with pytest.raises(StoreError, match="an artifact must have format 1 or older; k has 9; update naeum"):
        Store(tmp_path, KINDS).load("k")


def test_damage_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path, KINDS)
    with pytest.raises(StoreError, match=r"the artifact k must be in .*; it is missing; run the same command again"):
        store.load("k")
    store.save("k", scores(1, 2))
    with pytest.raises(StoreError, match="artifact k is a 'scores'; install or name"):
        Store(tmp_path, {}).load("k")
    file = tmp_path / "k" / "arrays.safetensors"
    file.write_bytes(file.read_bytes()[:-1] + b"\x01")
    with pytest.raises(
        StoreError, match=r"arrays.safetensors must match its checksum; it is missing or damaged; delete"
    ):
        Store(tmp_path, KINDS).load("k")
    (tmp_path / "k" / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"manifest.json must be JSON; it is damaged; delete"):
        Store(tmp_path, KINDS).load("k")


def test_no_pickle_is_written(tmp_path: Path) -> None:
    Store(tmp_path, KINDS).save("k", scores(1, 2))
    assert sorted(path.name for path in (tmp_path / "k").iterdir()) == ["arrays.safetensors", "manifest.json"]
