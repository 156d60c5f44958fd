"""How does the target look against one column: boxes by class, shares by value, or points?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import CLASSES, short
from naeum.report.explored.figures.panel import Panel, margin, widest

PITCH, THICK = 22.0, 13.0  # points from box to box, and of a box
BELOW = 24.0  # points for the numbers below a panel
AIR = 0.04  # share of the range that is left free on either side


def figure(one: Mapping[str, Any], *, rows: bool = True) -> Canvas | None:
    """The figure of a column; none where there is nothing to draw, or only single rows could be drawn."""
    if one["kind"] == "points":
        return _points(one) if rows and one["x"] else None
    if one["kind"] == "shares":
        return _shares(one)
    return _boxes(one)


def _boxes(one: Mapping[str, Any]) -> Canvas | None:
    if not one["boxes"]:
        return None
    boxes = np.asarray(one["boxes"], np.float64)  # (groups, 5): 5 %, quartiles, 95 %
    canvas, panel, middle = _lines(one["groups"], _aired(boxes))
    panel.numbers_across()
    ends = panel.across(boxes)
    top, bottom = middle - THICK / 2, middle + THICK / 2
    for place in range(len(boxes)):
        colour = CLASSES[place % len(CLASSES)] if one["kind"] == "boxes" else drawing.COOL
        canvas.boxes(ends[place, 1], top[place], ends[place, 3], bottom[place], colour, 0.55)
    low, first, half, third, high = ends.T
    canvas.strokes(
        np.r_[low, third, low, high, half], np.r_[middle, middle, middle - 3, middle - 3, top],
        np.r_[first, high, low, high, half], np.r_[middle, middle, middle + 3, middle + 3, bottom], drawing.INK, 1.0,
    )  # fmt: skip
    return canvas


def _shares(one: Mapping[str, Any]) -> Canvas | None:
    shares = np.asarray(one["shares"], np.float64)  # (groups, classes)
    if not shares.size:
        return None
    canvas, panel, middle = _lines(one["groups"], (0.0, 1.0), one["classes"])
    panel.numbers_across(4, lambda value: f"{100 * value:.0f} %")
    ends = panel.across(np.cumsum(shares, axis=1))
    starts = np.concatenate([np.full((len(shares), 1), panel.box[0]), ends[:, :-1]], axis=1)
    for place in range(shares.shape[1]):
        colour = CLASSES[place % len(CLASSES)]
        canvas.boxes(starts[:, place], middle - THICK / 2, ends[:, place], middle + THICK / 2, colour, 0.8)
    return canvas


def _points(one: Mapping[str, Any]) -> Canvas:
    canvas = Canvas(2.4)
    x, y = np.asarray(one["x"], np.float64), np.asarray(one["y"], np.float64)
    high, wide = _aired(y), _aired(x)
    panel = Panel(canvas, (margin(*high), 8, canvas.width - 14, canvas.height - 38), wide, high)
    panel.numbers_across()
    panel.numbers_down()
    canvas.dots(panel.across(x), panel.down(y), 3.4, drawing.COOL, 0.5)
    canvas.text((panel.box[0] + panel.box[2]) / 2, canvas.height - 8, short(one["column"], 40), align="center")
    return canvas


def _lines(groups: Any, x: tuple[float, float], classes: Sequence[str] = ()) -> tuple[Canvas, Panel, Any]:
    """A canvas with a line a group, its name at the left, and where the middle of each lies; classes named above."""
    names = [short(str(name)) for name in groups]
    lots = legend.lines(legend.of_classes(classes), drawing.WIDTH * 72)
    head = 6.0 + legend.PITCH * len(lots)
    canvas = Canvas((head + PITCH * len(names) + BELOW) / 72)
    legend.drawn(canvas, lots, 8.0)
    panel = Panel(canvas, (widest(names), head, canvas.width - 16, canvas.height - BELOW), x, (0.0, 1.0))
    middle = head + PITCH * (np.arange(len(names)) + 0.5)
    for at, name in zip(middle.tolist(), names, strict=True):
        canvas.text(panel.box[0] - 6, at, name, drawing.INK, align="right")
    return canvas, panel, middle


def _aired(values: Any) -> tuple[float, float]:
    """From the least to the most number, with a little air."""
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    air = AIR * (high - low) or 0.5
    return low - air, high + air
