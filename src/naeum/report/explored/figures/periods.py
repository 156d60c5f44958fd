"""How do class mix and length change from period to period?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import CLASSES, compact
from naeum.report.explored.figures.panel import Panel

EARLIEST = -62_135_596_800.0  # seconds: the year 1, before which there is no date
TALL, LEFT = 96.0, 52.0  # points: of a panel, and left of it
FOOT = 44.0  # points for the days, which are turned
GAP = 22.0  # points above each panel, for what it shows


def figure(one: Mapping[str, Any]) -> Canvas:
    """Shares of the classes above, median length of texts below, one place a period."""
    labels, lengths = one["labels"], one["lengths"]
    named = legend.lines(legend.of_classes(labels["classes"]), drawing.WIDTH * 72 - LEFT) if labels else []
    head = legend.PITCH * len(named)
    canvas = Canvas((head + (GAP + TALL) * (bool(labels) + bool(lengths)) + FOOT) / 72)
    legend.drawn(canvas, named, 8.0, LEFT)
    top = head + GAP
    if labels:
        high = 1.05 * max(max(shares) for shares in labels["shares"]) or 1.0
        panel = _panel(canvas, one, top, high, "share of the rows")
        panel.numbers_down(4, lambda value: f"{100 * value:.0f} %")
        for place, shares in enumerate(labels["shares"]):
            _line(panel, shares, CLASSES[place % len(CLASSES)])
        top += TALL + GAP
    if lengths:
        panel = _panel(canvas, one, top, 1.05 * max(lengths) or 1.0, "median characters of a text")
        panel.numbers_down()
        _line(panel, lengths, drawing.MUTED)
    for at, period in zip(panel.across(np.arange(len(one["periods"]))).tolist(), one["periods"], strict=True):
        canvas.text(at + 4, panel.box[3] + 10, _day(period[0]), size=8.0, align="right", turn=35)
    return canvas


def _panel(canvas: Canvas, one: Mapping[str, Any], top: float, high: float, said: str) -> Panel:
    canvas.say(LEFT, top - 8, said)
    box = (LEFT, top, canvas.width - 14, top + TALL)
    return Panel(canvas, box, (-0.3, len(one["periods"]) - 0.7), (0.0, high))


def _line(panel: Panel, values: Any, colour: str) -> None:
    x, y = panel.across(np.arange(len(values))), panel.down(values)
    panel.canvas.line(x, y, colour)
    panel.canvas.dots(x, y, 4.0, colour)


def _day(seconds: float) -> str:
    """A time as its day; a plain number where it is no time of a calendar."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > EARLIEST else compact(seconds)
    except (OverflowError, OSError, ValueError):
        return compact(seconds)
