"""Does the live screen show the rungs, the work and the time at every width, also with Hangul?"""

import io
import math
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from naeum.cli.screen import Screen
from naeum.report import words


@pytest.fixture(autouse=True)
def _titles(monkeypatch):
    monkeypatch.setattr(words, "titles", lambda: {"blend": "서로 다른 모델 섞기"})


def screen(width=120, height=40, minutes=10.0):
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=True, color_system=None)
    return Screen(minutes, console)


def shown(watch):
    with watch.console.capture() as held:
        watch.console.print(watch.drawn())
    return held.get()


def test_before_anything_it_reads():
    assert "Reading the data …" in shown(screen()) and "10 min left" in shown(screen())


@pytest.mark.parametrize("width", [60, 80, 108, 200])
def test_no_line_is_wider_than_the_screen(korean, width):
    watch = screen(width)
    for rung in korean.rungs:
        watch({"event": "rung", "rung": rung})
    watch({"event": "finding", "text": "편향보다 분산이 크다. " * 9})
    watch({"event": "start", "technique": "blend", "reason": "서로 다른 실수를 한다.", "seconds": 30})
    assert max(cell_len(line) for line in shown(watch).splitlines()) <= width


@pytest.mark.parametrize(("width", "gain"), [(120, "−0.0040 [−0.014, +0.006]"), (80, "−0.004 ±0.010")])
def test_every_rung_has_score_gain_time_and_cost(korean, width, gain):
    watch = screen(width)
    for rung in korean.rungs:
        watch({"event": "rung", "rung": rung})
    line = next(line for line in shown(watch).splitlines() if " Lora" in line)
    for said in (gain, "5.6 ms", "92 MB", "○"):
        assert said in line


def test_a_low_screen_keeps_the_newest_and_the_champion(korean):
    watch = screen(height=18)
    refused = [replace(korean.rungs[8], number=number) for number in (9, 10)]
    for rung in (*korean.rungs[:9], *refused):
        watch({"event": "rung", "rung": rung})
    numbers = [line.split()[0] for line in shown(watch).splitlines() if line[:4].strip().isdigit()]
    assert numbers == ["6", "8", "9", "10"]


def test_what_is_tried_next_and_why_with_its_progress():
    watch = screen()
    watch({"event": "start", "technique": "blend", "reason": "Unlike models make unlike mistakes.", "seconds": 30})
    watch({"event": "progress", "step": 3, "steps": 4, "score": 0.96, "note": "epoch 2", "seconds_left": 65.0})
    text = shown(watch)
    assert watch.share() == 0.75
    for said in ("서로 다른 모델 섞기", "Unlike models make unlike mistakes.", "epoch 2", "0.960", "1 min 5 s left"):
        assert said in text


def test_without_steps_the_forecast_moves_the_bar():
    watch = screen()
    watch({"event": "start", "technique": "blend", "reason": "x", "seconds": 1e-9})
    assert watch.share() == 0.99


def test_a_run_that_counts_rungs_has_no_clock():
    watch = screen(minutes=None)
    watch({"event": "progress", "step": 1, "steps": 2, "score": None, "note": "", "seconds_left": math.inf})
    assert watch.left() == ""


def test_only_the_last_notes_stay_in_sight():
    watch = screen()
    for at in range(5):
        watch({"event": "note", "text": f"note {at}"})
    assert watch.notes == ["note 2", "note 3", "note 4"]


def test_the_summary_is_left_behind(korean, tmp_path):
    watch = screen()
    with watch:
        for rung in korean.rungs:
            watch({"event": "rung", "rung": rung})
        watch.done(korean, tmp_path / "report.html")
    text = watch.console.file.getvalue()
    end = text[text.rindex("╭") :]
    for said in ("Champion", "Score", "Why", "Next", "Report", "report.html"):
        assert said in end
