"""How good was the best model at each moment of the climb?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naeum.report import drawing
from naeum.report.figures.ladder_graph import span
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LONG = 180.0  # seconds from which the axis counts minutes


def figure(view: View) -> Figure | None:
    """The champion's score against the time since the start; none without a second rung."""
    rungs = list(view.ladder.rungs)
    if len(rungs) < 2:
        return None
    unit, name = (60.0, "minutes") if max(view.elapsed.values()) >= LONG else (1.0, "seconds")
    kept = [rung for rung in rungs if rung.kept] or rungs[:1]
    times = [view.elapsed[rung.number] / unit for rung in kept]
    scores = [rung.score for rung in kept]
    end = max(max(view.elapsed.values()), view.seconds) / unit
    drawn, axes = drawing.blank(3.0)
    axes.step([*times, end], [*scores, scores[-1]], where="post", color=drawing.ACCENT, linewidth=2)
    low, high = span(view, rungs)
    pad = 0.08 * (high - low)
    for rung in rungs:
        inside = low <= rung.score <= high
        if not inside:
            continue
        face = drawing.ACCENT if rung.kept else drawing.CARD
        edge = drawing.ACCENT if rung.kept else drawing.MUTED
        axes.plot(view.elapsed[rung.number] / unit, rung.score, "o", markersize=6, color=edge, markerfacecolor=face)
        if rung.kept:
            axes.annotate(
                str(rung.number), (view.elapsed[rung.number] / unit, rung.score), (-4, 5), ha="right", fontsize=9,
                textcoords="offset points", color=drawing.ACCENT, weight="bold",
            )  # fmt: skip
    ends = (low - pad, high + pad)
    axes.set_ylim(*(ends if view.sign > 0 else ends[::-1]))
    axes.set_xlim(0, end * 1.02)
    axes.set_xlabel(f"{name} since the start")
    axes.set_ylabel(f"{view.score_name} on select")
    return drawn
