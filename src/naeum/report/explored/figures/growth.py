"""How does the vocabulary grow with the words that are read?"""

from __future__ import annotations

from collections.abc import Sequence

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.panel import Panel, margin

LEAST_POINTS = 3  # of a curve that says something
HEIGHT = 2.6  # inches
HEAD = 1.05  # height of the panel over the end of the curve


def figure(curve: Sequence[Sequence[float]]) -> Canvas | None:
    """Different words against words; none for a curve of few points."""
    if len(curve) < LEAST_POINTS:
        return None
    read, different = zip(*curve, strict=True)
    high = (0.0, HEAD * float(different[-1]))
    canvas = Canvas(HEIGHT)
    panel = Panel(canvas, (margin(*high, 5), 24, canvas.width - 16, canvas.height - 38), (0.0, float(read[-1])), high)
    panel.numbers_across()
    panel.numbers_down(5)
    x, y = panel.across(read), panel.down(different)
    canvas.area(x, y, panel.box[3], drawing.ACCENT, 0.1)
    canvas.line(x, y, drawing.ACCENT, 2.0)
    canvas.say(panel.box[0], 10, "different words")
    canvas.say((panel.box[0] + panel.box[2]) / 2, canvas.height - 8, "words read", align="center")
    return canvas
