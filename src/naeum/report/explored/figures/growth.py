"""How does the vocabulary grow with the words that are read?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from naeum.report import drawing
from naeum.report.explored.figures.frame import compact

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEAST_POINTS = 3  # of a curve that says something


def figure(curve: Sequence[Sequence[float]]) -> Figure | None:
    """Different words against words; none for a curve of few points."""
    if len(curve) < LEAST_POINTS:
        return None
    drawn, axes = drawing.blank(2.6)
    read, different = zip(*curve, strict=True)
    axes.plot(read, different, color=drawing.ACCENT, linewidth=2)
    axes.fill_between(read, different, color=drawing.ACCENT, alpha=0.1, linewidth=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: compact(value))
    axes.set_xlim(0)
    axes.set_ylim(0)
    axes.locator_params(nbins=5)
    axes.set_xlabel("words read")
    axes.set_ylabel("different words")
    return drawn
