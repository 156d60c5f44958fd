"""Does a climb pause, skip and finish when another process wishes it, and is the time of a pause not counted?"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

import naeum
from naeum.errors import InputError
from naeum.improve import wishes
from naeum.improve.clock import Clock
from naeum.improve.wishes import Wished, Wishes, wish
from naeum.store import lock, write_atomic

QUICK: dict[str, Any] = {
    "target": "label", "offline": True, "threads": 1, "without": ("probe", "finetune", "hashed_ngrams"), "rungs": 3,
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishes, "EVERY", 0.02)


def made(folder: Path) -> tuple[Wishes, Clock, list[str]]:
    clock, heard = Clock(folder / "clock.json", 60), []
    return Wishes(folder, clock, heard.append), clock, heard


def test_a_wish_needs_a_process_that_heeds_it(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"a process must work in .* to pause; none does; start it with: naeum improve"
    ):
        wish(tmp_path, "pause")
    with pytest.raises(InputError, match=r"a wish must be one of pause, go, skip, finish; got 'stop'; correct it"):
        wish(tmp_path, "stop")
    with lock(tmp_path):
        wish(tmp_path, "skip")
    assert (tmp_path / wishes.FILE).read_text() == "skip"


@pytest.mark.parametrize("word", ["skip", "finish"])
def test_what_shall_end_a_fit_ends_it_once(tmp_path: Path, word: str) -> None:
    heeding, _, _ = made(tmp_path)
    write_atomic(tmp_path / wishes.FILE, word)
    with pytest.raises(Wished, match=word):
        heeding.heed()
    time.sleep(0.03)
    heeding.heed()  # it is heeded once


def test_closing_heeds_a_pause_alone(tmp_path: Path) -> None:
    heeding, _, _ = made(tmp_path)
    heeding.closing = True
    write_atomic(tmp_path / wishes.FILE, "finish")
    heeding.heed()
    assert not (tmp_path / wishes.FILE).exists()


def test_a_pause_lasts_until_go_and_does_not_count(tmp_path: Path) -> None:
    heeding, clock, heard = made(tmp_path)
    write_atomic(tmp_path / wishes.FILE, "pause")
    threading.Timer(0.4, write_atomic, (tmp_path / wishes.FILE, "go")).start()
    begun = time.monotonic()
    heeding.heed()
    assert time.monotonic() - begun > 0.35 and clock.elapsed() < 0.2
    assert heard == ["Paused; time stands still. Another shell lets it go on: naeum go RUN.", "Going on."]
    assert not (tmp_path / wishes.FILE).exists()


def test_a_pause_may_end_in_a_finish(tmp_path: Path) -> None:
    heeding, _, _ = made(tmp_path)
    write_atomic(tmp_path / wishes.FILE, "pause")
    threading.Timer(0.1, write_atomic, (tmp_path / wishes.FILE, "finish")).start()
    with pytest.raises(Wished, match="finish"):
        heeding.heed()


def test_a_wish_of_old_is_forgotten(tmp_path: Path) -> None:
    heeding, _, _ = made(tmp_path)
    write_atomic(tmp_path / wishes.FILE, "finish")
    heeding.forget()
    heeding.heed()


def test_a_climb_skips_a_rung_and_goes_on(tables: dict[str, str], tmp_path: Path) -> None:
    heard: list[dict[str, Any]] = []

    def watch(event: dict[str, Any]) -> None:
        heard.append(event)
        if event["event"] == "start" and event["technique"] == "char_convolution":
            wish(tmp_path / "run", "skip")

    options = {**QUICK, "without": (), "only": ("char_convolution",)}
    ladder = naeum.improve(tables["train"], valid=tables["valid"], run=tmp_path / "run", watch=watch, **options)
    failed = ladder.last("failed")
    assert failed["technique"] == "char_convolution" and failed["error"] == "it was skipped by hand"
    assert [rung.technique for rung in ladder.rungs] == ["floor"] and ladder.finished
    assert any(event.get("text") == "char_convolution is skipped as asked; going on without." for event in heard)


def test_a_climb_finishes_with_the_test_part_opened(tables: dict[str, str], tmp_path: Path) -> None:
    def watch(event: dict[str, Any]) -> None:
        if event["event"] == "rung" and event["rung"].number == 1:
            wish(tmp_path / "run", "finish")

    given = {name: tables[name] for name in ("valid", "test")}
    ladder = naeum.improve(tables["train"], **given, run=tmp_path / "run", watch=watch, **{**QUICK, "rungs": 9})
    assert len(ladder.rungs) == 2 and ladder.finished and ladder.test is not None
    assert not ladder.last("interrupted")
