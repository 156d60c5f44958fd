"""How long are the texts, in words and in tokens of a base model?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import compact

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def figure(words: Mapping[str, Any], tokens: Mapping[str, Any] | None, limit: int | None) -> Figure | None:
    """Histograms (edges, counts) side by side; the base model's limit is marked where it is in reach."""
    drawn, panels = drawing.blank(2.6, 2 if tokens else 1, squeeze=False)
    _bars(panels[0, 0], words, "Words a text", drawing.COOL)
    if tokens:
        _bars(panels[0, 1], tokens, "Tokens a text", drawing.ACCENT)
        if limit is not None and limit <= tokens["edges"][-1]:
            panels[0, 1].axvline(limit, color=drawing.WARM, linewidth=1.5)
            panels[0, 1].annotate(f"limit {limit}", (limit, 1), (-4, -10), xycoords=("data", "axes fraction"),
                                  textcoords="offset points", ha="right", fontsize=8.5, color=drawing.WARM)  # fmt: skip
    return drawn


def _bars(axes: Axes, histogram: Mapping[str, Any], title: str, colour: str) -> None:
    edges, counts = np.asarray(histogram["edges"]), np.asarray(histogram["counts"])
    axes.bar(edges[:-1], counts, width=np.diff(edges) * 0.92, align="edge", color=colour, alpha=0.85)
    axes.set_title(title)
    axes.locator_params(nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: compact(value))
    axes.grid(visible=False, axis="x")
    drawing.bare(axes, "left")
