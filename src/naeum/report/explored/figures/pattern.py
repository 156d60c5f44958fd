"""Which columns miss values together?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import compact, short
from naeum.report.explored.figures.panel import widest

MOST = 10  # columns across, those with the most missing values
PITCH = 18.0  # points from line to line
TURNED = 0.72  # how high a name stands that is turned by 45°, in its length


def figure(columns: Mapping[str, Mapping[str, Any]], patterns: Sequence[Mapping[str, Any]]) -> Canvas | None:
    """A grid of patterns (one a line, with its rows) by columns; what is missing is warm."""
    names = sorted(columns, key=lambda name: -columns[name]["missing"])[:MOST]
    if not names or not patterns:
        return None
    lacking = np.asarray([[name in one["columns"] for name in names] for one in patterns], bool)
    below, counts = [short(name) for name in names], [f"{compact(one['rows'])} rows" for one in patterns]
    foot = TURNED * widest(below) + 6
    left = max(widest(counts), foot - 20)
    canvas = Canvas((6 + PITCH * len(patterns) + foot) / 72)
    x = np.linspace(left, canvas.width - 6, len(names) + 1)
    y = 4 + PITCH * np.arange(len(patterns) + 1)
    for chosen, colour in ((lacking, drawing.WARM), (~lacking, drawing.SOFT)):
        line, place = np.nonzero(chosen)
        canvas.boxes(x[place] + 1.5, y[line] + 1.5, x[place + 1] - 1.5, y[line + 1] - 1.5, colour)
    for at, said in zip(((y[:-1] + y[1:]) / 2).tolist(), counts, strict=True):
        canvas.text(left - 5, at, said, align="right")
    for at, name in zip(((x[:-1] + x[1:]) / 2).tolist(), below, strict=True):
        canvas.text(at + 3, y[-1] + 10, name, drawing.INK, align="right", turn=45)
    return canvas
