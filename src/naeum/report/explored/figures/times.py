"""How many rows are there by year, month and weekday, and how does the target move?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import CLASSES
from naeum.report.explored.figures.panel import Panel

TITLES = {"year": "by year", "month": "by month", "isodow": "by weekday"}
MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
TALL = 92.0  # points of a panel
HEAD, FOOT = 24.0, 22.0  # points above the first and below the last panel
MARGIN = 34.0  # points left of a panel, for its numbers
SMALL = 7.5  # points: the font of the numbers
WIDE = 0.7  # of a bar, in units of time
YEARS = 3  # that are named

Rows = Sequence[Mapping[str, Any]]


def figure(found: Mapping[str, Rows], measures: Sequence[str]) -> Canvas | None:
    """Bars of rows, and below a line for each measure of the target; none where there is no date."""
    if not found.get("year"):
        return None
    lines = 2 if measures else 1
    named = legend.lines(legend.of_classes(measures), drawing.WIDTH * 72) if len(measures) > 1 else []
    canvas = Canvas((HEAD + TALL * lines + 14 * (lines - 1) + FOOT + 14 * len(named)) / 72)
    each = canvas.width / len(TITLES)
    for place, (unit, title) in enumerate(TITLES.items()):
        _bars(canvas, each * place, each, found[unit], title)
        if measures:
            _measured(canvas, each * place, each, found[unit], measures)
        _named(
            canvas, each * place, each, unit, [row["at"] for row in found[unit]], HEAD + TALL * lines + 14 * (lines - 1)
        )
    legend.drawn(canvas, named, canvas.height - 14 * len(named) + 4)
    return canvas


def _bars(canvas: Canvas, left: float, wide: float, rows: Rows, title: str) -> None:
    counts = [row["rows"] for row in rows]
    high = (0.0, 1.06 * max(max(counts), 1))
    panel = _panel(canvas, left, wide, HEAD, rows, high)
    panel.title(title)
    panel.numbers_down(3, size=SMALL)
    at = np.asarray([row["at"] for row in rows], np.float64)
    panel.bars(at - WIDE / 2, at + WIDE / 2, counts, drawing.COOL)


def _measured(canvas: Canvas, left: float, wide: float, rows: Rows, measures: Sequence[str]) -> None:
    told = [float(row[name]) for row in rows for name in measures if name in row]
    low, high = (min(told), max(told)) if told else (0.0, 1.0)
    air = 0.06 * (high - low) or 0.5
    panel = _panel(canvas, left, wide, HEAD + TALL + 14, rows, (low - air, high + air))
    panel.numbers_down(3, size=SMALL)
    for number, name in enumerate(measures):
        known = [row for row in rows if name in row]
        if known:
            x, y = panel.across([row["at"] for row in known]), panel.down([row[name] for row in known])
            colour = CLASSES[number % len(CLASSES)]
            canvas.line(x, y, colour, 1.2)
            canvas.dots(x, y, 2.6, colour)


def _panel(canvas: Canvas, left: float, wide: float, top: float, rows: Rows, high: tuple[float, float]) -> Panel:
    at = [float(row["at"]) for row in rows]
    box = (left + MARGIN, top, left + wide - 8, top + TALL - 4)
    return Panel(canvas, box, (min(at) - 0.6, max(at) + 0.6), high)


def _named(canvas: Canvas, left: float, wide: float, unit: str, at: Sequence[int], top: float) -> None:
    """Years, months or days of the week below the panels of one unit."""
    panel = Panel(canvas, (left + MARGIN, 0, left + wide - 8, top), (min(at) - 0.6, max(at) + 0.6), (0.0, 1.0))
    step = max(1, -(-len(at) // YEARS))
    shown = {value: str(value) for value in list(at)[::step]}
    if unit != "year":
        words = MONTHS if unit == "month" else DAYS
        shown = {value: words[value - 1] for value in at}
    for value, said in shown.items():
        canvas.text(float(panel.across(value)), top + 5, said, size=SMALL, align="center")
