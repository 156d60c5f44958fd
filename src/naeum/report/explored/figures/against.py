"""How does the target look against one column: boxes by class, shares by value, or points?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import CLASSES, blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(one: Mapping[str, Any], *, rows: bool = True) -> Figure | None:
    """The figure of a column; none where there is nothing to draw, or only single rows could be drawn."""
    if one["kind"] == "points":
        return _points(one) if rows and one["x"] else None
    if one["kind"] == "shares":
        return _shares(one)
    return _boxes(one)


def _boxes(one: Mapping[str, Any]) -> Figure | None:
    if not one["boxes"]:
        return None
    drawn, axes = blank(0.7 + 0.32 * len(one["boxes"]))
    stats = [
        {"whislo": box[0], "q1": box[1], "med": box[2], "q3": box[3], "whishi": box[4], "fliers": []}
        for box in one["boxes"]
    ]
    parts = axes.bxp(stats, orientation="horizontal", widths=0.6, patch_artist=True, showfliers=False)
    by_class = one["kind"] == "boxes"
    for place, box in enumerate(parts["boxes"]):
        colour = CLASSES[place % len(CLASSES)] if by_class else drawing.COOL
        box.set(facecolor=colour, alpha=0.55, edgecolor="none")
    for line in (*parts["medians"], *parts["whiskers"], *parts["caps"]):
        line.set_color(drawing.INK)
    axes.set_yticks(range(1, len(stats) + 1), [short(name) for name in one["groups"]], color=drawing.INK)
    axes.invert_yaxis()
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: compact(value))
    drawing.bare(axes, "left")
    return drawn


def _shares(one: Mapping[str, Any]) -> Figure | None:
    shares = np.asarray(one["shares"], np.float64)
    if not shares.size:
        return None
    drawn, axes = blank(1.0 + 0.28 * len(shares))
    start = np.zeros(len(shares))
    for place, name in enumerate(one["classes"]):
        axes.barh(range(len(shares)), shares[:, place], left=start, height=0.66, color=CLASSES[place % len(CLASSES)],
                  alpha=0.8, label=short(name))  # fmt: skip
        start += shares[:, place]
    axes.set_yticks(range(len(shares)), [short(name) for name in one["groups"]], color=drawing.INK)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1, fontsize=8)
    drawing.bare(axes, "left")
    return drawn


def _points(one: Mapping[str, Any]) -> Figure:
    drawn, axes = blank(2.4)
    axes.scatter(one["x"], one["y"], s=7, color=drawing.COOL, alpha=0.5, linewidths=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: compact(value))
    axes.locator_params(nbins=5)
    axes.set_xlabel(short(one["column"], 40))
    return drawn
