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


class Times:
    """Clocks that a test moves: seconds that pass, and seconds in which the processor works."""

    def __init__(self) -> None:
        self.passed = self.worked = 100.0

    def monotonic(self) -> float:
        return self.passed

    def process_time(self) -> float:
        return self.worked


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> Times:
    made = Times()
    monkeypatch.setattr("naeum.improve.clock.time", made)
    return made


def test_a_machine_that_slept_has_not_used_its_minutes(tmp_path: Path, times: Times) -> None:
    clock = Clock(tmp_path / "clock.json", 600)
    times.passed, times.worked = 130.0, 129.0
    assert clock.elapsed() == 30.0
    times.passed, times.worked = 3730.0, 139.0  # an hour, of which the processor worked ten seconds
    assert clock.elapsed() == pytest.approx(40.0)
    times.passed, times.worked = 3740.0, 149.0
    assert clock.elapsed() == pytest.approx(50.0) and clock.left() == pytest.approx(550.0)


def test_work_and_short_waits_count(tmp_path: Path, times: Times) -> None:
    clock = Clock(tmp_path / "clock.json", 600)
    times.passed = 150.0  # fifty seconds at rest: a slow disk
    assert clock.elapsed() == 50.0
    times.passed, times.worked = 350.0, 120.0  # one fit on a busy machine: a tenth of the time is ours
    assert clock.elapsed() == 250.0


def test_a_sleep_inside_a_pause_is_not_taken_off_twice(tmp_path: Path, times: Times) -> None:
    clock = Clock(tmp_path / "clock.json", 600)
    times.passed, times.worked = 110.0, 110.0
    with clock.paused():
        times.passed = 5000.0
        assert clock.elapsed() == pytest.approx(10.0)
    assert clock.elapsed() == pytest.approx(10.0)
    times.passed, times.worked = 5010.0, 120.0
    assert clock.elapsed() == pytest.approx(20.0)
