"""Where does a number lie on a small figure, and which numbers stand along its sides?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas, Numbers, breadth
from naeum.report.explored.figures.frame import compact

GAP = 5.0  # points between an axis and what is written beside it
LINE = 0.6  # points: a line of the grid
STEPS = (1, 2, 2.5, 5, 10)  # between ticks: numbers that are easy to read


@dataclass(frozen=True)
class Panel:
    """A box on a canvas with a scale across and a scale down; places are points from the upper left corner.

    Example:
        >>> panel = Panel(Canvas(1.0), (10, 0, 110, 50), (0.0, 1.0), (0.0, 10.0))
        >>> panel.across(0.5).tolist(), panel.down(10).tolist()
        (60.0, 0.0)
    """

    canvas: Canvas
    box: tuple[float, float, float, float]  # left, top, right, bottom
    x: tuple[float, float]  # what stands at the left and at the right side
    y: tuple[float, float]  # what stands at the bottom and at the top

    def across(self, values: Numbers) -> npt.NDArray[np.float64]:
        """Points from the left of the canvas."""
        left, _, right, _ = self.box
        share = (np.asarray(values, np.float64) - self.x[0]) / ((self.x[1] - self.x[0]) or 1.0)
        return np.asarray(left + share * (right - left))

    def down(self, values: Numbers) -> npt.NDArray[np.float64]:
        """Points from the top of the canvas."""
        _, top, _, bottom = self.box
        share = (np.asarray(values, np.float64) - self.y[0]) / ((self.y[1] - self.y[0]) or 1.0)
        return np.asarray(bottom - share * (bottom - top))

    def bars(self, low: Numbers, high: Numbers, heights: Numbers, colour: str, alpha: float = 0.85) -> None:
        """Upright bars from the bottom, each between `low` and `high`."""
        there = np.asarray(heights, np.float64) > 0  # a bar of no height is nothing to draw
        sides = self.across(np.asarray(low, np.float64)[there]), self.across(np.asarray(high, np.float64)[there])
        self.canvas.boxes(
            sides[0], self.down(np.asarray(heights, np.float64)[there]), sides[1], self.box[3], colour, alpha
        )

    def numbers_across(
        self, most: int = 5, said: Callable[[float], str] = compact, *, grid: bool = True, size: float = 9.0
    ) -> None:
        """Numbers below the panel, with lines up through it."""
        at = ticks(*self.x, most)
        places = self.across(at)
        if grid:
            self.canvas.strokes(places, self.box[1], places, self.box[3], drawing.FAINT, LINE)
        for place, value in zip(places.tolist(), at, strict=True):
            self.canvas.text(place, self.box[3] + GAP + size / 2, said(value), size=size, align="center")

    def numbers_down(
        self, most: int = 4, said: Callable[[float], str] = compact, *, grid: bool = True, size: float = 9.0
    ) -> None:
        """Numbers left of the panel, with lines through it."""
        at = ticks(*self.y, most)
        places = self.down(at)
        if grid:
            self.canvas.strokes(self.box[0], places, self.box[2], places, drawing.FAINT, LINE)
        for place, value in zip(places.tolist(), at, strict=True):
            self.canvas.text(self.box[0] - GAP, place, said(value), size=size, align="right")

    def title(self, said: str) -> None:
        """What the panel shows, above it."""
        self.canvas.say(self.box[0], self.box[1] - 9, said, drawing.INK, 10.5, bold=True)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from `low` to `high`, about `most` of them.

    Example:
        >>> ticks(0.0, 97.0, 4)
        [0.0, 25.0, 50.0, 75.0]
    """
    from matplotlib.ticker import MaxNLocator

    if not high > low:
        return [low]
    found = np.asarray(MaxNLocator(nbins=most, steps=list(STEPS)).tick_values(low, high), np.float64)
    slack = 1e-9 * max(abs(low), abs(high), 1e-300)
    return [float(value) for value in found if low - slack <= value <= high + slack]


def margin(low: float, high: float, most: int = 4, said: Callable[[float], str] = compact, size: float = 9.0) -> float:
    """Points that the numbers of a side and their gap take."""
    return widest([said(value) for value in ticks(low, high, most)], size)


def widest(names: Any, size: float = 9.0) -> float:
    """Points that the longest of some names and its gap take."""
    return max((breadth(str(name), size) for name in names), default=0.0) + GAP + 3
