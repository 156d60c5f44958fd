"""How does a climb look in Jupyter, Colab and VS Code while it runs? One table that is updated in its place."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from naeum import cards
from naeum.contract import Rung
from naeum.report import words
from naeum.report.spoken import in_tongue

EVERY = 0.5  # seconds between two updates: a notebook keeps up, also over a network
NOTES = 3  # notes that stay in sight

Show = Callable[[str], None]  # takes HTML, and shows it in the place of what it showed before


def kernel() -> bool:
    """Whether this process is the kernel of a notebook; IPython is not imported to find out."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    return shell is not None and hasattr(shell, "kernel")


def in_place() -> Show:
    """One output of the cell that runs, updated in its place."""
    display: Any = sys.modules["IPython"].display
    handle = display.display(display.HTML(""), display_id=True)

    def show(text: str) -> None:
        handle.update(display.HTML(text))

    return show


class Live:
    """A watcher of a climb: everything it shows was told to it by events.

    Args:
        show: takes HTML and shows it in the place of what it showed before.
        clock: tells seconds.

    Example:
        >>> shown = []
        >>> Live(shown.append)({"event": "note", "text": "40 <rows>"})
        >>> "40 &lt;rows&gt;" in shown[-1]
        True
    """

    def __init__(self, show: Show, clock: Callable[[], float] = time.monotonic) -> None:
        self.show = show
        self.clock = clock
        self.rungs: list[Rung] = []
        self.notes: list[str] = []
        self.now: dict[str, Any] = {}
        self.step: dict[str, Any] = {}
        self.finding = self.closing = ""
        self._shown = -EVERY

    def __call__(self, event: dict[str, Any]) -> None:
        """Take an event in; show it, steps of a fit at most twice a second."""
        kind = event["event"]
        if kind == "progress":
            self.step = event
            if self.clock() - self._shown < EVERY:
                return
        elif kind == "rung":
            self.rungs.append(event["rung"])
            self.now, self.step = {}, {}
        elif kind == "start":
            self.now, self.step = {**event, "since": self.clock()}, {}
        elif kind == "finding":
            self.finding = event["text"]
        elif kind == "close":
            self.closing, self.now, self.step = event["text"], {}, {}
        elif kind == "note":
            self.notes = [*self.notes, event["text"]][-NOTES:]
        self._shown = self.clock()
        self.show(in_tongue(self.drawn()))

    def ended(self) -> None:
        """Leave the table alone: the climb is over."""
        self.now, self.step, self.closing, self.notes = {}, {}, "", []
        self.show(in_tongue(self.drawn(over=True)))

    def drawn(self, *, over: bool = False) -> str:
        """The whole output as HTML."""
        best = max((rung.number for rung in self.rungs if rung.kept), default=None)
        parts = [cards.rungs(self._titled(), best)] if self.rungs else []
        if self.finding:
            parts.append(f"<p><b>Diagnosis</b> {html.escape(self.finding)}</p>")
        parts += [f"<p style='opacity:.7'>{cards.note(note)}</p>" for note in self.notes]
        return "".join(parts if over else [*parts, self._work()])

    def _titled(self) -> list[Rung]:
        """The rungs, their techniques by what they are called."""
        return [replace(rung, technique=words.title(rung.technique, words.titles())) for rung in self.rungs]

    def _work(self) -> str:
        """What is done now, how far it is, and the time left."""
        left = self.step.get("seconds_left")
        told = f" <i>{words.seconds(left)} left</i>" if left is not None and left < float("inf") else ""
        if not self.now:
            said = self.closing or ("Choosing what to try next …" if self.rungs else "Reading the data …")
            return f"<p><b>{html.escape(said)}</b>{told}</p>"
        reason = html.escape(str(self.now.get("reason", "")))
        what = html.escape(words.title(str(self.now["technique"]), words.titles()))
        note = html.escape(str(self.step.get("note") or ""))
        return f"<p><b>Trying {what}</b> {reason}</p>{cards.bar(self._share())}<p>{note}{told}</p>"

    def _share(self) -> float:
        """How far the fit is: by its steps where it says them, else by its forecast."""
        if self.step.get("steps"):
            return float(self.step["step"]) / float(self.step["steps"])
        about = float(self.now.get("seconds") or 0.0)
        return min((self.clock() - self.now["since"]) / about, 0.99) if about > 0 else 0.0
