"""Does the clock keep its time over kills, and stand still over pauses?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from naeum.improve.clock import Clock


def test_elapsed_time_is_kept_over_processes(tmp_path: Path) -> None:
    first = Clock(tmp_path / "clock.json", 60)
    time.sleep(0.05)
    first.keep()
    second = Clock(tmp_path / "clock.json", 60)
    assert second.elapsed() >= 0.05
    assert second.left() <= 60 - 0.05


def test_a_pause_does_not_count(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock.json", 60)
    with clock.paused():
        time.sleep(0.2)
    assert clock.elapsed() < 0.15


def test_a_kill_loses_at_most_the_time_between_two_writes(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock.json", 60)
    clock.tick()
    assert (tmp_path / "clock.json").exists()
    clock.tick()
    assert Clock(tmp_path / "clock.json", 60).elapsed() == pytest.approx(clock.elapsed(), abs=2.0)


def test_time_never_runs_below_zero(tmp_path: Path) -> None:
    assert Clock(tmp_path / "clock.json", 0).left() == 0.0
