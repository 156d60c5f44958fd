"""How strongly does each pair of columns go together?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from naeum import sets
from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import short
from naeum.report.explored.figures.panel import widest

NUMBERED = 10  # columns across up to which the coefficient stands in each cell
STRONG = 0.6  # from which a cell is so dark that its number must be light
SHADES = 19  # of a colour, from the faintest to the full one: cells of one shade are one path
FAINTEST, FULL = 0.02, 0.95  # opacity of a cell of 0 and of 1, so that the map suits a light and a dark page
TALLEST = 26.0  # points of a cell
TURNED = 0.72  # how high a name stands that is turned by 45°, in its length


def figure(
    names: Sequence[str], matrix: Sequence[Sequence[float | None]], across: Sequence[str] = (), *, signed: bool = True
) -> Canvas | None:
    """A heat map, from −1 (warm) to 1 (cool) or from 0 to 1; none for fewer than two columns."""
    columns = across or names
    values = np.asarray([[np.nan if cell is None else cell for cell in row] for row in matrix], np.float64)
    if values.size < 2 or not np.isfinite(values).any():
        return None
    few = len(columns) <= NUMBERED
    size = 9.0 if few else 7.0
    down, below = [short(name) for name in names], [short(name) for name in columns]
    left = widest(down, size)
    foot = TURNED * widest(below, size) + 4
    left = max(left, foot - (drawing.WIDTH * 72 - left - 6) / len(columns) / 2)  # the first name leans to the left
    tall = min(TALLEST, (drawing.WIDTH * 72 - left - 6) / len(columns) * 1.4) if not few else TALLEST
    canvas = Canvas((4 + tall * len(down) + foot) / 72)
    x = np.linspace(left, canvas.width - 6, len(columns) + 1)
    y = 4 + tall * np.arange(len(down) + 1)
    _cells(canvas, values, x, y, signed)
    middle = (x[:-1] + x[1:]) / 2, (y[:-1] + y[1:]) / 2
    for at, name in zip(middle[1].tolist(), down, strict=True):
        canvas.text(left - 5, at, name, drawing.INK, size, "right")
    for at, name in zip(middle[0].tolist(), below, strict=True):
        canvas.text(at + 3, y[-1] + 10, name, drawing.INK, size, "right", turn=45)
    for (line, place), value in np.ndenumerate(values) if few else ():
        if np.isfinite(value):
            colour = drawing.CARD if abs(value) > STRONG else drawing.INK
            said = f"{value:.2f}".replace("-", "−")
            canvas.text(float(middle[0][place]), float(middle[1][line]), said, colour, 8.0, "center")
    return canvas


def _cells(canvas: Canvas, values: np.ndarray, x: np.ndarray, y: np.ndarray, signed: bool) -> None:
    """The cells, a path for each shade; a cell without a number stays empty but for its rim."""
    shade = np.rint(np.clip(np.abs(np.nan_to_num(values)), 0, 1) * (SHADES - 1)).astype(int)
    warm = signed & (values < 0)
    for colour, chosen in ((drawing.COOL, ~warm), (drawing.WARM, warm)):
        for each in sets.unique(shade[chosen & np.isfinite(values)]):
            line, place = np.nonzero(chosen & np.isfinite(values) & (shade == each))
            alpha = FAINTEST + (FULL - FAINTEST) * int(each) / (SHADES - 1)
            canvas.boxes(x[place], y[line], x[place + 1], y[line + 1], colour, alpha)
    canvas.strokes(x, y[0], x, y[-1], drawing.FAINT)
    canvas.strokes(x[0], y, x[-1], y, drawing.FAINT)
