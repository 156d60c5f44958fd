"""How is one column of numbers spread: histogram below, box plot with its outliers above?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.panel import Panel, margin

HEIGHT = 2.0  # inches
BOX, BARS = (8.0, 34.0), (42.0, 122.0)  # points: top and bottom of the box plot and of the histogram
HEAD = 1.06  # height of the panel over its tallest bar
BETWEEN = 0.94  # share of a bin that its bar fills


def figure(one: Mapping[str, Any], *, rows: bool = True) -> Canvas | None:
    """The figure of a column; none where it has no finite number. Without `rows` single outliers are not drawn."""
    shape = one.get("histogram")
    if not shape or one.get("whiskers", [None])[0] is None:
        return None
    canvas = Canvas(HEIGHT)
    tall = (0.0, HEAD * max(max(shape["counts"]), 1))
    sides = (margin(*tall, 3), canvas.width - 16)
    ends = float(shape["low"]), float(shape["high"])
    panel = Panel(canvas, (sides[0], BARS[0], sides[1], BARS[1]), ends, tall)
    panel.numbers_across()
    panel.numbers_down(3)
    edges = np.linspace(*ends, len(shape["counts"]) + 1)
    panel.bars(edges[:-1], edges[:-1] + BETWEEN * np.diff(edges), shape["counts"], drawing.COOL)
    _box(Panel(canvas, (sides[0], BOX[0], sides[1], BOX[1]), ends, (0.0, 1.0)), one, rows)
    return canvas


def _box(panel: Panel, one: Mapping[str, Any], rows: bool) -> None:
    """Box of the quartiles, median, whiskers with their caps, outliers; what lies beyond the axis is not drawn."""
    quantiles, (low, high) = one["quantiles"], one["whiskers"]
    inside = np.clip([low, quantiles["0.25"], quantiles["0.5"], quantiles["0.75"], high], *panel.x)
    least, first, middle, third, most = panel.across(inside).tolist()
    top, bottom = panel.box[1], panel.box[3]
    level = (top + bottom) / 2
    panel.canvas.boxes([first], [top], [third], [bottom], drawing.SOFT)
    panel.canvas.strokes(
        [least, third, least, most, middle, first, first, first, third],
        [level, level, top + 6, top + 6, top, top, top, bottom, top],
        [first, most, least, most, middle, third, first, third, third],
        [level, level, bottom - 6, bottom - 6, bottom, top, bottom, bottom, bottom], drawing.ACCENT, 1.1,
    )  # fmt: skip
    if rows:
        far = [value for value in one.get("outlying", ()) if panel.x[0] <= value <= panel.x[1]]
        panel.canvas.dots(panel.across(far), np.full(len(far), level), 3.6, drawing.WARM, 0.75)
