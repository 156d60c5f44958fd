"""How are the sides, the brightness and the contrast of the images spread?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import compact
from naeum.report.explored.figures.panel import Panel, margin

HEIGHT = 2.3  # inches
COLOURS = (drawing.ACCENT, drawing.COOL)
EVEN = 1.01  # ratio of the widths of the last and the first bin up to which bins are of one width
BETWEEN = 0.92  # share of a bin that its bar fills
HEAD = 1.06  # height of a panel over its tallest bar


def figure(panels: Sequence[tuple[str, Mapping[str, Any]]]) -> Canvas | None:
    """Histograms (edges, counts) side by side under their titles; none where there is none."""
    if not panels:
        return None
    canvas = Canvas(HEIGHT)
    wide = canvas.width / len(panels)
    for place, (title, histogram) in enumerate(panels):
        _bars(canvas, (wide * place, wide * (place + 1)), title, histogram, COLOURS[place % len(COLOURS)])
    return canvas


def _bars(canvas: Canvas, sides: tuple[float, float], title: str, histogram: Mapping[str, Any], colour: str) -> None:
    """One histogram; bins that grow stand on a logarithmic axis, so that each is as wide as the next."""
    edges, counts = np.asarray(histogram["edges"], np.float64), np.asarray(histogram["counts"], np.float64)
    grows = edges[-1] - edges[-2] > EVEN * (edges[1] - edges[0])
    places = np.log10(edges) if grows else edges
    high = (0.0, HEAD * max(float(counts.max()), 1.0))
    box = (sides[0] + margin(*high), 24.0, sides[1] - 14, canvas.height - 24)
    panel = Panel(canvas, box, (float(places[0]), float(places[-1])), high)
    panel.title(title)
    panel.numbers_across(4, (lambda value: compact(10**value)) if grows else compact, grid=False)
    panel.numbers_down()
    panel.bars(places[:-1], places[:-1] + BETWEEN * np.diff(places), counts, colour)
