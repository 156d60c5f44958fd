"""Which columns miss values together?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 10  # columns across, those with the most missing values


def figure(columns: Mapping[str, Mapping[str, Any]], patterns: Sequence[Mapping[str, Any]]) -> Figure | None:
    """A grid of patterns (one a line, with its rows) by columns; what is missing is warm."""
    names = sorted(columns, key=lambda name: -columns[name]["missing"])[:MOST]
    if not names or not patterns:
        return None
    lacking = np.asarray([[name in one["columns"] for name in names] for one in patterns], np.float64)
    drawn, axes = blank(1.2 + 0.24 * len(patterns))
    for (line, place), lacks in np.ndenumerate(lacking):
        colour = drawing.WARM if lacks else drawing.SOFT
        axes.add_patch(_square(place, line, colour))
    axes.set_xlim(-0.05, len(names) + 0.05)
    axes.set_ylim(len(patterns) + 0.05, -0.05)
    axes.set_xticks(np.arange(len(names)) + 0.5, [short(name) for name in names], rotation=45, ha="right",
                    rotation_mode="anchor", color=drawing.INK)  # fmt: skip
    axes.set_yticks(np.arange(len(patterns)) + 0.5, [f"{compact(one['rows'])} rows" for one in patterns])
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
    return drawn


def _square(place: int, line: int, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((place + 0.06, line + 0.1), 0.88, 0.8, facecolor=colour, edgecolor="none")
