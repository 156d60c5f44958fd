"""How often does each of a few values stand there?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import compact, short
from naeum.report.explored.figures.panel import widest

MOST = 8  # bars: of more, the rest is told in words
PITCH, THICK = 18.0, 11.2  # points from bar to bar, and of a bar
ROOM = 52.0  # points right of the longest bar, for its number
LEFT = 74.0  # points: about where bars begin in every figure, so that those below each other line up


def figure(names: Sequence[str], counts: Sequence[float], label: str = "") -> Canvas | None:
    """Horizontal bars with their numbers; none where there is nothing to draw."""
    if not counts:
        return None
    names, values = [short(name) for name in names[:MOST]], np.asarray(counts[:MOST], np.float64)
    canvas = Canvas((8 + PITCH * len(values) + (16 if label else 0)) / 72)
    left = max(LEFT, widest(names))
    middle = 4 + PITCH * (np.arange(len(values)) + 0.5)
    ends = left + (canvas.width - left - ROOM) * values / max(values.max(), 1e-9)
    canvas.boxes(left, middle - THICK / 2, ends, middle + THICK / 2, drawing.ACCENT)
    for at, end, name, value in zip(middle.tolist(), ends.tolist(), names, values.tolist(), strict=True):
        canvas.text(left - 6, at, name, drawing.INK, align="right")
        canvas.text(end + 4, at, compact(value), drawing.INK)
    canvas.say(left, canvas.height - 8, label)
    return canvas
