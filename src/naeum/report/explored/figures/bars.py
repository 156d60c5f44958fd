"""How often does each of a few values stand there?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from naeum.report import drawing
from naeum.report.explored.figures.frame import blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 8  # bars: of more, the rest is told in words


def figure(names: Sequence[str], counts: Sequence[float], label: str = "") -> Figure | None:
    """Horizontal bars with their numbers; none where there is nothing to draw."""
    if not counts:
        return None
    names, counts = names[:MOST], counts[:MOST]
    drawn, axes = blank(0.5 + 0.25 * len(counts))
    axes.barh(range(len(counts)), counts, color=drawing.ACCENT, height=0.62)
    axes.set_yticks(range(len(counts)), [short(name) for name in names], color=drawing.INK)
    axes.invert_yaxis()
    for place, count in enumerate(counts):
        axes.annotate(compact(count), (count, place), (3, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_xlim(0, max(max(counts) * 1.18, 1e-9))
    axes.set_xticks([])
    axes.set_xlabel(label)
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
    return drawn
