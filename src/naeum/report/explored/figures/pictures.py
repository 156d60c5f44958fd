"""How are the sides, the brightness and the contrast of the images spread?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import compact

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 2.3  # inches
COLOURS = (drawing.ACCENT, drawing.COOL)
EVEN = 1.01  # ratio of the widths of the last and the first bin up to which bins are of one width


def figure(panels: Sequence[tuple[str, Mapping[str, Any]]]) -> Figure | None:
    """Histograms (edges, counts) side by side under their titles; none where there is none."""
    if not panels:
        return None
    drawn, axes = drawing.blank(HEIGHT, len(panels), squeeze=False)
    for place, (title, histogram) in enumerate(panels):
        _bars(axes[0, place], title, histogram, COLOURS[place % len(COLOURS)])
    return drawn


def _bars(axes: Axes, title: str, histogram: Mapping[str, Any], colour: str) -> None:
    edges, counts = np.asarray(histogram["edges"]), np.asarray(histogram["counts"])
    widths = np.diff(edges)
    axes.bar(edges[:-1], counts, width=widths * 0.92, align="edge", color=colour, alpha=0.85)
    if widths[-1] > EVEN * widths[0]:
        axes.set_xscale("log")
        axes.minorticks_off()
    else:
        axes.locator_params(axis="x", nbins=5)
    axes.locator_params(axis="y", nbins=4)
    axes.xaxis.set_major_formatter(lambda value, _: compact(value))
    axes.yaxis.set_major_formatter(lambda value, _: compact(value))
    axes.set_title(title)
    axes.grid(visible=False, axis="x")
    drawing.bare(axes, "left")
