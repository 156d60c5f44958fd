"""How strongly does each pair of columns go together?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import blank, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NUMBERED = 10  # columns up to which the coefficient stands in each cell


def figure(
    names: Sequence[str], matrix: Sequence[Sequence[float | None]], across: Sequence[str] = (), *, signed: bool = True
) -> Figure | None:
    """A heat map, from −1 (warm) to 1 (cool) or from 0 to 1; none for fewer than two columns."""
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap, to_rgba

    columns = across or names
    values = np.asarray([[np.nan if cell is None else cell for cell in row] for row in matrix], np.float64)
    if values.size < 2 or not np.isfinite(values).any():
        return None
    drawn, axes = blank(1.3 + 0.32 * len(names))
    low = (to_rgba(drawing.WARM), to_rgba(drawing.CARD)) if signed else (to_rgba(drawing.CARD),)
    shades = LinearSegmentedColormap.from_list("going", [*low, to_rgba(drawing.COOL)])
    few = max(len(columns), len(names)) <= NUMBERED
    sns.heatmap(
        values, cmap=shades, vmin=-1 if signed else 0, vmax=1, cbar=False, ax=axes, annot=few, fmt=".2f",
        annot_kws={"fontsize": 8, "color": drawing.INK}, linewidths=0.6, linecolor=drawing.FAINT,
        xticklabels=[short(name) for name in columns], yticklabels=[short(name) for name in names],
    )  # fmt: skip
    axes.set_xticks(axes.get_xticks(), axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.tick_params(axis="y", rotation=0)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_color(drawing.INK)
        text.set_fontsize(9 if few else 7)
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
    return drawn
