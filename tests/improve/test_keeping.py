"""Is it counted what a run takes, and can what is made again go while every rung still answers?"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from naeum.cycle import open_run
from naeum.errors import RunInUse
from naeum.improve.keeping import capped, clear, kept, needed_in, runs_in, size_of
from naeum.store import lock


def fill(run: Path, name: str, count: int) -> None:
    (run / name).mkdir(parents=True, exist_ok=True)
    (run / name / "block").write_bytes(b"x" * count)


def test_a_run_is_counted_once_in_all(own_run: Path) -> None:
    fill(own_run, "cache", 1000)
    fill(own_run, "artifacts/nobody", 500)
    found = kept(own_run)
    assert found.whole == size_of(own_run)
    assert found.spare >= 500 and found.again >= 1000 and found.models > 0 and found.data > 0


def test_every_rung_still_answers_after_clearing(own_run: Path) -> None:
    ladder = open_run(own_run)
    texts = ["정말 최고 감동이다", "최악 지루하다 영화"]
    before = [ladder.model(rung.number).predict(texts).scores.tolist() for rung in ladder.rungs]
    shipped = ladder.champion.predict(texts).scores.tolist()
    fill(own_run, "cache", 1000)
    fill(own_run, "scratch/half", 1000)
    fill(own_run, "artifacts/nobody", 500)
    freed = clear(own_run)
    assert freed >= 2500 and not (own_run / "cache").exists() and not (own_run / "artifacts" / "nobody").exists()
    again = open_run(own_run)
    assert [again.model(rung.number).predict(texts).scores.tolist() for rung in again.rungs] == before
    assert again.champion.predict(texts).scores.tolist() == shipped and again.finished
    assert clear(own_run) == 0


def test_members_of_a_blend_are_needed(own_run: Path) -> None:
    ladder = open_run(own_run)
    needed = needed_in(own_run)
    assert {rung.artifact for rung in ladder.rungs} | {ladder.shipped} <= needed
    for key in needed:
        assert set(ladder.store.manifest(key)["children"].values()) <= needed


def test_a_cap_clears_the_longest_unused_first(own_run: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    for age, name in ((300, "old"), (200, "middle"), (100, "new")):
        shutil.copytree(own_run, runs / name)
        clear(runs / name)
        fill(runs / name, "cache", 100_000)
        stamp = (own_run / "ledger.jsonl").stat().st_mtime - age
        os.utime(runs / name / "ledger.jsonl", (stamp, stamp))
    found = runs_in(runs)
    assert [run.name for run in found] == ["old", "middle", "new"]
    whole = size_of(runs)
    assert capped(found, whole) == {}
    assert [run.name for run in capped(found, whole - 150_000)] == ["old", "middle"]
    assert (runs / "new" / "cache").exists()


def test_a_run_that_a_process_works_in_is_not_cleared(own_run: Path) -> None:
    with lock(own_run), pytest.raises(RunInUse, match="one process may work in a run folder at a time"):
        clear(own_run)


def test_runs_are_found_where_they_are(own_run: Path, tmp_path: Path) -> None:
    assert runs_in(own_run) == [own_run] and runs_in(tmp_path / "none") == []
    assert own_run in runs_in(own_run.parent)


def test_a_finished_run_leaves_nothing_half_trained(climbed_run) -> None:  # type: ignore[no-untyped-def]
    assert not (climbed_run.folder / "scratch").exists()
