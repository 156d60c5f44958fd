"""How long are the texts, in words and in tokens of a base model?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.panel import Panel, margin

HEIGHT = 2.6  # inches
HEAD = 1.06  # height of a panel over its tallest bar
BETWEEN = 0.92  # share of a bin that its bar fills


def figure(words: Mapping[str, Any], tokens: Mapping[str, Any] | None, limit: int | None) -> Canvas:
    """Histograms (edges, counts) side by side; the base model's limit is marked where it is in reach."""
    canvas = Canvas(HEIGHT)
    half = canvas.width / 2 if tokens else canvas.width
    _bars(canvas, (0.0, half), words, "Words a text", drawing.COOL)
    if tokens:
        panel = _bars(canvas, (half, canvas.width), tokens, "Tokens a text", drawing.ACCENT)
        if limit is not None and limit <= tokens["edges"][-1]:
            at = float(panel.across(limit))
            canvas.strokes([at], [panel.box[1]], [at], [panel.box[3]], drawing.WARM, 1.5)
            canvas.say(at - 4, panel.box[1] + 10, f"limit {limit}", drawing.WARM, 8.5, align="right")
    return canvas


def _bars(canvas: Canvas, sides: tuple[float, float], histogram: Mapping[str, Any], title: str, colour: str) -> Panel:
    edges, counts = np.asarray(histogram["edges"], np.float64), np.asarray(histogram["counts"], np.float64)
    high = (0.0, HEAD * max(float(counts.max()), 1.0))
    box = (sides[0] + margin(*high, 5), 24.0, sides[1] - 14, canvas.height - 24)
    panel = Panel(canvas, box, (float(edges[0]), float(edges[-1])), high)
    panel.title(title)
    panel.numbers_across(grid=False)
    panel.numbers_down(5)
    panel.bars(edges[:-1], edges[:-1] + BETWEEN * np.diff(edges), counts, colour)
    return panel
