"""How is one column of numbers spread: histogram below, box plot with its outliers above?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import blank, compact

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def figure(one: Mapping[str, Any], *, rows: bool = True) -> Figure | None:
    """The figure of a column; none where it has no finite number. Without `rows` single outliers are not drawn."""
    shape = one.get("histogram")
    if not shape or one.get("whiskers", [None])[0] is None:
        return None
    drawn, (box, bars) = blank(2.0, 2, 1, sharex=True, gridspec_kw={"height_ratios": (1, 3.2)})
    _box(box, one, shape, rows)
    edges = np.linspace(shape["low"], shape["high"], len(shape["counts"]) + 1)
    bars.bar(edges[:-1], shape["counts"], width=np.diff(edges) * 0.94, align="edge", color=drawing.COOL, alpha=0.85)
    bars.set_xlim(edges[0], edges[-1])
    bars.locator_params(axis="y", nbins=3)
    bars.locator_params(axis="x", nbins=5)
    bars.yaxis.set_major_formatter(lambda value, _: compact(value))
    bars.xaxis.set_major_formatter(lambda value, _: compact(value))
    drawing.bare(bars, "left")
    return drawn


def _box(axes: Axes, one: Mapping[str, Any], shape: Mapping[str, Any], rows: bool) -> None:
    quantiles, (low, high) = one["quantiles"], one["whiskers"]
    far = [value for value in one.get("outlying", ()) if shape["low"] <= value <= shape["high"]]
    stats = {"med": quantiles["0.5"], "q1": quantiles["0.25"], "q3": quantiles["0.75"], "whislo": low, "whishi": high,
             "fliers": far if rows else []}  # fmt: skip
    axes.bxp(
        [stats], orientation="horizontal", widths=0.6, patch_artist=True, showfliers=True,
        boxprops={"facecolor": drawing.SOFT, "edgecolor": drawing.ACCENT}, medianprops={"color": drawing.ACCENT},
        whiskerprops={"color": drawing.ACCENT}, capprops={"color": drawing.ACCENT},
        flierprops={"marker": "o", "markersize": 3.2, "markeredgecolor": drawing.WARM, "markerfacecolor": "none"},
    )  # fmt: skip
    axes.set_yticks([])
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
