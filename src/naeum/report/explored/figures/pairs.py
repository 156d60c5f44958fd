"""How do the most telling numbers lie against each other: the pair plot?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.report import drawing
from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import CLASSES, compact, short
from naeum.report.explored.figures.panel import Panel, margin

BARS = 16
DRAWN = 300  # points of each panel: beyond, they hide each other and the file grows
SMALL = 7.0  # points: the font of the numbers
TALL, GAP, FOOT = 76.0, 10.0, 30.0  # points of a panel, between two, and below the last
AIR = 0.04  # share of the range that is left free on either side

Values = npt.NDArray[np.float64]


def figure(points: Mapping[str, Any]) -> Canvas:
    """Scatter plots of every pair of up to four columns, with histograms on the diagonal, coloured by class."""
    names = list(points["columns"])
    values = [
        np.asarray([np.nan if cell is None else cell for cell in column], np.float64)[:DRAWN]
        for column in points["columns"].values()
    ]
    groups = _groups(points)
    ends = [_aired(column) for column in values]
    canvas = Canvas((8 + (TALL + GAP) * len(names) + FOOT) / 72)
    left = 14 + max(margin(*end, 3, size=SMALL) for end in ends)
    wide = (canvas.width - left - 6 + GAP) / len(names)
    for line, name in enumerate(names):
        top = 8 + (TALL + GAP) * line
        for place in range(line + 1):
            start = left + wide * place
            box = (start, top, start + wide - GAP, top + TALL)
            if line == place:
                _histogram(canvas, box, values[line], ends[line], groups)
            else:
                _scatter(canvas, box, (values[place], ends[place]), (values[line], ends[line]), groups)
        if line:
            canvas.text(8, top + TALL / 2, short(name, 14), drawing.INK, 8.0, "center", turn=90)
        middle = left + wide * line + (wide - GAP) / 2
        canvas.text(middle, canvas.height - 8, short(name, 14), drawing.INK, 8.0, "center")
        _numbers(
            canvas, (left + wide * line, 8, left + wide * (line + 1) - GAP, canvas.height - FOOT - GAP), ends[line]
        )
        if line:
            box = (left, top, left, top + TALL)
            Panel(canvas, box, ends[0], ends[line]).numbers_down(3, grid=False, size=SMALL)
    if len(groups) > 1:
        lines = [[(0.0, entry)] for entry in legend.of_classes(list(groups))]
        legend.drawn(canvas, lines, 14.0, left + wide + 4)
    return canvas


def _numbers(canvas: Canvas, box: tuple[float, float, float, float], ends: tuple[float, float]) -> None:
    Panel(canvas, box, ends, (0.0, 1.0)).numbers_across(3, compact, grid=False, size=SMALL)


def _histogram(canvas: Canvas, box: Any, values: Values, ends: tuple[float, float], groups: Mapping[str, Any]) -> None:
    counted = [np.histogram(values[at][np.isfinite(values[at])], BARS, ends)[0] for at in groups.values()]
    panel = Panel(canvas, box, ends, (0.0, 1.05 * max(int(np.max(counted)), 1)))
    edges = np.linspace(*ends, BARS + 1)
    for number, counts in enumerate(counted):
        panel.bars(edges[:-1], edges[1:], counts, CLASSES[number % len(CLASSES)], 0.55)
    _frame(canvas, box)


def _scatter(canvas: Canvas, box: Any, across: Any, down: Any, groups: Mapping[str, Any]) -> None:
    (x, wide), (y, high) = across, down
    panel = Panel(canvas, box, wide, high)
    _frame(canvas, box)
    for number, at in enumerate(groups.values()):
        canvas.dots(panel.across(x[at]), panel.down(y[at]), 2.2, CLASSES[number % len(CLASSES)], 0.55)


def _frame(canvas: Canvas, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    canvas.strokes([left, left], [top, bottom], [left, right], [bottom, bottom], drawing.FAINT)


def _groups(points: Mapping[str, Any]) -> dict[str, Any]:
    """Class -> rows; the classes beyond those with a colour are one group."""
    classes = np.asarray(points.get("classes") or [""] * points["rows"], dtype=object)[:DRAWN]
    found, counts = np.unique(classes, return_counts=True)
    kept = [str(found[at]) for at in np.argsort(-counts, kind="stable")[: len(CLASSES) - 1]]
    groups = {name: np.flatnonzero(classes == name) for name in kept}
    rest = np.flatnonzero(~sets.isin(classes, kept))
    return {**groups, "other": rest} if len(rest) else groups


def _aired(values: Values) -> tuple[float, float]:
    """From the least to the most number, with a little air; around 0 where there is none."""
    there = values[np.isfinite(values)]
    low, high = (float(there.min()), float(there.max())) if len(there) else (0.0, 0.0)
    air = AIR * (high - low) or 0.5
    return low - air, high + air
