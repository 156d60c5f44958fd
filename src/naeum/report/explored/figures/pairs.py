"""How do the most telling numbers lie against each other: the pair plot?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import CLASSES, blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BARS = 16
DRAWN = 300  # points of each panel: beyond, they hide each other and the file grows


def figure(points: Mapping[str, Any]) -> Figure:
    """Scatter plots of every pair of up to four columns, with histograms on the diagonal, coloured by class."""
    names = list(points["columns"])
    values = {
        name: np.asarray([np.nan if cell is None else cell for cell in column], np.float64)[:DRAWN]
        for name, column in points["columns"].items()
    }
    groups = _groups(points)
    drawn, grid = blank(1.25 * len(names) + 0.5, len(names), len(names), squeeze=False, sharex="col")
    for line, one in enumerate(names):
        for place, other in enumerate(names):
            axes = grid[line, place]
            if place > line:
                axes.set_visible(False)
                continue
            for number, at in enumerate(groups.values()):
                colour = CLASSES[number % len(CLASSES)]
                if line == place:
                    inside = values[one][at]
                    axes.hist(inside[np.isfinite(inside)], bins=BARS, color=colour, alpha=0.55)
                    axes.set_yticks([])
                else:
                    axes.scatter(values[other][at], values[one][at], s=3.5, color=colour, alpha=0.55, linewidths=0)
            _edges(axes, line, place, len(names), short(one, 14), short(other, 14))
    if len(groups) > 1:
        handles = [grid[0, 0].plot([], [], "o", color=CLASSES[at % len(CLASSES)], markersize=4, label=short(name))[0]
                   for at, name in enumerate(groups)]  # fmt: skip
        drawn.legend(handles=handles, loc="upper right", fontsize=8)
    return drawn


def _groups(points: Mapping[str, Any]) -> dict[str, Any]:
    """Class -> rows; the classes beyond those with a colour are one group."""
    classes = np.asarray(points.get("classes") or [""] * points["rows"], dtype=object)[:DRAWN]
    found, counts = np.unique(classes, return_counts=True)
    kept = [str(found[at]) for at in np.argsort(-counts, kind="stable")[: len(CLASSES) - 1]]
    groups = {name: np.flatnonzero(classes == name) for name in kept}
    rest = np.flatnonzero(~np.isin(classes, kept))
    return {**groups, "other": rest} if len(rest) else groups


def _edges(axes: Any, line: int, place: int, many: int, one: str, other: str) -> None:
    axes.tick_params(labelsize=7)
    axes.locator_params(axis="x", nbins=3)
    axes.xaxis.set_major_formatter(lambda value, _: compact(value))
    if line != place:
        axes.locator_params(axis="y", nbins=3)
        axes.yaxis.set_major_formatter(lambda value, _: compact(value))
    if place:
        axes.set_yticklabels([])
    elif line:
        axes.set_ylabel(one, fontsize=8, color=drawing.INK)
    if line == many - 1:
        axes.set_xlabel(other, fontsize=8, color=drawing.INK)
    drawing.bare(axes)
