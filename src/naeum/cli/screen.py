"""How does a climb look while it runs? A live table of rungs, what was found, what is tried next, and the time left."""

from __future__ import annotations

import math
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from naeum.cli import telling
from naeum.contract import Rung
from naeum.report import words
from naeum.tongue import said

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

FRAMES = 4  # a second: the clock moves, and slow terminals keep up
AROUND = 14  # lines of the screen that are not rungs
NOTES = 3  # notes that stay in sight
WIDE = 108  # columns from which whole intervals stand in the table


class Screen:
    """The live screen; a watcher. Everything it shows was told to it by events."""

    def __init__(self, minutes: float | None, console: Console | None = None) -> None:
        from rich.console import Console
        from rich.live import Live

        self.console = console or Console(highlight=False)
        self.end = None if minutes is None else time.monotonic() + 60 * minutes
        self.rungs: list[Rung] = []
        self.notes: list[str] = []
        self.now: dict[str, Any] = {}
        self.step: dict[str, Any] = {}
        self.finding = self.closing = ""
        self.live = Live(
            get_renderable=self.drawn, console=self.console, refresh_per_second=FRAMES, transient=True,
            vertical_overflow="crop",
        )  # fmt: skip

    def __enter__(self) -> Screen:
        self.live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.live.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "rung":
            self.rungs.append(event["rung"])
            self.now, self.step = {}, {}
        elif kind == "start":
            self.now, self.step = {**event, "since": time.monotonic()}, {}
        elif kind == "progress":
            self.step = event
            left = event.get("seconds_left")
            self.end = time.monotonic() + left if left is not None and math.isfinite(left) else self.end
        elif kind == "finding":
            self.finding = event["text"]
        elif kind == "close":
            self.closing, self.now, self.step = event["text"], {}, {}
        elif kind == "note":
            self.notes = [*self.notes, event["text"]][-NOTES:]

    def drawn(self) -> RenderableType:
        """The whole screen."""
        from rich.console import Group
        from rich.text import Text

        parts: list[RenderableType] = [self.table(max(self.console.height - AROUND, 3))]
        if self.finding:
            parts.append(Text.assemble((f"{said('Diagnosis')}  ", "bold"), said(self.finding)))
        parts += [Text(said(note), style="dim") for note in self.notes]
        parts += self._work()
        return Group(*parts)

    def table(self, most: int) -> Table:
        """The rungs, at most so many: the newest, and the champion. Below WIDE columns every cell is shorter."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        wide = self.console.width >= WIDE
        table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column(said("what changed"), ratio=1, no_wrap=True, overflow="ellipsis")
        for name in ("score", "gain, 95 % interval" if wide else "gain", "took", "a row", "size"):
            table.add_column(said(name), justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        best = max((rung.number for rung in self.rungs if rung.kept), default=-1)
        for rung in self._shown(best, most):
            style = "bold green" if rung.number == best else "" if rung.kept else "dim"
            told = telling.cells(rung, self.rungs) if wide else telling.short_cells(rung)
            cells = [Text(said(cell)) for cell in told]
            table.add_row(str(rung.number), *cells, "●" if rung.kept else "○", style=style)
        return table

    def _shown(self, best: int, most: int) -> list[Rung]:
        shown = self.rungs[-most:]
        champion = [rung for rung in self.rungs if rung.number == best and rung not in shown]
        return [*champion, *shown[len(champion) :]]

    def left(self) -> str:
        """The time left, in words; empty where rungs are counted."""
        if self.end is None:
            return ""
        seconds = self.end - time.monotonic()
        return said(f"{words.seconds(seconds)} left" if seconds > 0 else "closing")

    def _work(self) -> list[RenderableType]:
        """What is being done, with a bar."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        if not self.now:
            doing = self.closing or ("Choosing what to try next …" if self.rungs else "Reading the data …")
            return [Text.assemble((said(doing), "bold"), "  ", (self.left(), "cyan"))]
        title = telling.title(self.now["technique"])
        head = Text.assemble((said(f"Trying {title}"), "bold"), f"  {said(self.now.get('reason', ''))}")
        line = Table.grid(padding=(0, 2), expand=True)
        line.add_column(ratio=1)
        line.add_column(no_wrap=True)
        line.add_row(ProgressBar(total=1.0, completed=self.share()), Text(self._facts(), style="cyan"))
        return [head, line]

    def share(self) -> float:
        """How far the current fit is: by its steps where it says them, else by its forecast."""
        steps = self.step.get("steps")
        if steps:
            return min(float(self.step["step"]) / float(steps), 1.0)
        about = float(self.now.get("seconds") or 0.0)
        return min((time.monotonic() - self.now["since"]) / about, 0.99) if about > 0 else 0.0

    def _facts(self) -> str:
        told = [said(str(self.step.get("note") or ""))]
        if self.step.get("score") is not None:
            told.append(words.number(float(self.step["score"])))
        return "  ".join(one for one in (*told, self.left()) if one)

    def done(self, ladder: Any, report: Path | None) -> None:
        """Take the live screen away; leave the whole table and the summary."""
        from rich.panel import Panel
        from rich.table import Table
        from rich.text import Text

        self.live.stop()
        if self.rungs:
            self.console.print(self.table(len(self.rungs)))
        else:
            self.console.print(Text(said(telling.nothing_new(ladder))))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column()
        for name, text in telling.ending(ladder, report):
            grid.add_row(said(name), Text(said(text), overflow="fold"))
        self.console.print(Panel(grid, border_style="green", title="naeum", title_align="left"))
