"""How strongly does each pair of columns go together?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import blank, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NUMBERED = 10  # columns up to which the coefficient stands in each cell
STRONG = 0.6  # from which a cell is so dark that its number must be light


def figure(
    names: Sequence[str], matrix: Sequence[Sequence[float | None]], across: Sequence[str] = (), *, signed: bool = True
) -> Figure | None:
    """A heat map, from −1 (warm) to 1 (cool) or from 0 to 1; none for fewer than two columns."""
    import seaborn as sns

    columns = across or names
    values = np.asarray([[np.nan if cell is None else cell for cell in row] for row in matrix], np.float64)
    if values.size < 2 or not np.isfinite(values).any():
        return None
    drawn, axes = blank(1.3 + 0.32 * len(names))
    few = max(len(columns), len(names)) <= NUMBERED
    sns.heatmap(
        values, cmap=_shades(signed), vmin=-1 if signed else 0, vmax=1, cbar=False, ax=axes, linewidths=0.6,
        linecolor=drawing.FAINT, xticklabels=[short(name) for name in columns],
        yticklabels=[short(name) for name in names],
    )  # fmt: skip
    if few:
        for (line, place), value in np.ndenumerate(values):
            if np.isfinite(value):
                colour = drawing.CARD if abs(value) > STRONG else drawing.INK
                text = f"{value:.2f}".replace("-", "−")
                axes.text(place + 0.5, line + 0.5, text, ha="center", va="center", fontsize=8, color=colour)
    axes.set_xticks(axes.get_xticks(), axes.get_xticklabels(), rotation=45, ha="right", rotation_mode="anchor")
    axes.tick_params(axis="y", rotation=0)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_color(drawing.INK)
        text.set_fontsize(9 if few else 7)
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
    return drawn


def _shades(signed: bool) -> Any:
    """Colours that are clear at 0, so that they suit a light and a dark page."""
    from matplotlib.colors import LinearSegmentedColormap, to_rgba

    cool, warm = ((to_rgba(colour, 0.02), to_rgba(colour, 0.95)) for colour in (drawing.COOL, drawing.WARM))
    if not signed:
        return LinearSegmentedColormap.from_list("going", cool)
    return LinearSegmentedColormap.from_list("going", [(0, warm[1]), (0.5, warm[0]), (0.5, cool[0]), (1, cool[1])])
