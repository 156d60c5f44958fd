"""Is one output of a notebook updated in its place, and does an interrupted kernel give the ladder so far?"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum import tongue
from naeum.contract import Rung
from naeum.model.floor import Majority
from naeum.notebook.live import EVERY, Live, in_place, kernel
from naeum.report import words
from naeum.testing.data import make

RUNG = Rung(1, Majority(), "linear", "", (0,), (), "a", 0.9, 0.88, 0.92, 0.9, 0.95, 0.05, 0.01, 0.09, kept=True)


class Notebook(ModuleType):
    """What of IPython a climb uses, writing down what is shown."""

    def __init__(self) -> None:
        super().__init__("IPython")
        self.shown: list[tuple[str, str]] = []
        self.interrupts: Any = lambda html: False
        self.get_ipython = lambda: SimpleNamespace(kernel=object())
        self.display = SimpleNamespace(HTML=lambda text: SimpleNamespace(data=text), display=self._displayed)

    def _displayed(self, one: Any, *, display_id: bool) -> Any:
        assert display_id
        self.shown.append(("new", one.data))
        return SimpleNamespace(update=self._updated)

    def _updated(self, one: Any) -> None:
        self.shown.append(("update", one.data))
        if self.interrupts(one.data):
            raise KeyboardInterrupt


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Notebook:
    made = Notebook()
    monkeypatch.setitem(sys.modules, "IPython", made)
    return made


@pytest.fixture
def rows() -> pd.DataFrame:
    data = make(160, classes=2, korean=True, seed=1)
    return pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})


def test_a_kernel_is_told_from_a_shell(monkeypatch: pytest.MonkeyPatch, notebook: Notebook) -> None:
    assert kernel()
    notebook.get_ipython = lambda: SimpleNamespace()  # IPython in a terminal
    assert not kernel()
    notebook.get_ipython = lambda: None
    assert not kernel()
    monkeypatch.delitem(sys.modules, "IPython")
    assert not kernel()


def test_one_output_is_updated(notebook: Notebook) -> None:
    show = in_place()
    show("<b>1</b>")
    show("<b>2</b>")
    assert notebook.shown == [("new", ""), ("update", "<b>1</b>"), ("update", "<b>2</b>")]


def test_events_become_a_table_a_bar_and_notes() -> None:
    shown: list[str] = []
    now = [0.0]
    live = Live(shown.append, clock=lambda: now[0])
    live({"event": "note", "text": "3 <rows>"})
    assert "3 &lt;rows&gt;" in shown[-1] and "Reading the data" in shown[-1]
    live({"event": "start", "technique": "char_convolution", "reason": "It reads <words>.", "seconds": 10.0})
    assert "Trying Char convolution" in shown[-1] and "&lt;words&gt;" in shown[-1] and "width:0%" in shown[-1]
    now[0] = 5.0
    live({"event": "progress", "step": 0, "steps": 0, "note": "", "seconds_left": 61.0})
    assert ("width:50%" in shown[-1] and "1:01 left" in shown[-1]) or "min" in shown[-1]
    now[0] = 6.0
    live({"event": "progress", "step": 3, "steps": 4, "note": "epoch 2", "seconds_left": float("inf")})
    assert "width:75%" in shown[-1] and "epoch 2" in shown[-1] and "left" not in shown[-1]
    live({"event": "finding", "text": "Variance."})
    live({"event": "rung", "rung": RUNG})
    assert "Linear" in shown[-1] and "Variance." in shown[-1] and "Choosing what to try next" in shown[-1]
    live({"event": "close", "text": "Refitting."})
    assert "Refitting." in shown[-1]
    live.ended()
    assert "Linear" in shown[-1] and "Refitting." not in shown[-1] and "Choosing" not in shown[-1]


def test_a_korean_notebook_is_in_korean() -> None:
    shown: list[str] = []
    live = Live(shown.append, clock=lambda: 0.0)
    with tongue.speaking("ko"):
        live({"event": "rung", "rung": replace(RUNG, technique="lora")})
        live({"event": "start", "technique": "lora", "reason": "", "seconds": 10.0})
    for word in ("기법", "점수", "향상", tongue.catalogue("ko").said(words.title("lora", words.titles()))):
        assert word in shown[-1]
    assert "technique" not in shown[-1] and "Trying" not in shown[-1]


def test_steps_are_shown_at_most_twice_a_second() -> None:
    shown: list[str] = []
    now = [10.0]
    live = Live(shown.append, clock=lambda: now[0])
    live({"event": "start", "technique": "lora", "seconds": 100.0})
    for at in range(100):
        now[0] += EVERY / 10
        live({"event": "progress", "step": at, "steps": 100, "note": ""})
    assert 8 <= len(shown) <= 12


def test_improve_shows_itself_in_a_notebook(notebook: Notebook, rows: pd.DataFrame, tmp_path: Path) -> None:
    ladder = naeum.improve(rows, run=tmp_path / "run", rungs=2, only="linear", offline=True, threads=1)
    kinds = [kind for kind, _ in notebook.shown]
    assert kinds[0] == "new" and set(kinds[1:]) == {"update"}, "one output, updated in its place"
    assert "Linear" in notebook.shown[-1][1] and "Trying" not in notebook.shown[-1][1]
    assert "linear" in ladder._repr_html_() and "champion" in ladder._repr_html_()
    before = len(notebook.shown)
    naeum.improve(rows, run=tmp_path / "other", rungs=1, offline=True, threads=1, watch=lambda event: None)
    assert len(notebook.shown) == before, "who watches by himself is shown nothing"


def test_an_interrupted_kernel_gives_the_ladder_so_far(notebook: Notebook, rows: pd.DataFrame, tmp_path: Path) -> None:
    once = iter([True])
    notebook.interrupts = lambda html: "Trying Linear" in html and next(once, False)
    ladder = naeum.improve(rows, run=tmp_path / "run", rungs=5, offline=True, threads=1)
    assert [rung.technique for rung in ladder.rungs] == ["floor"] and ladder.finished
    assert ladder.test is None, "the test part stays sealed"
    assert ladder.champion.predict(["정말"]).labels[0] in ladder.task.classes
