"""What does a score cost: in milliseconds a row, and in megabytes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naeum.contract import Rung
from naeum.report import drawing
from naeum.report.figures.ladder_graph import span
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DENSE = 100.0  # end over start of an axis from which only powers of ten are named
COSTS = (("latency_ms", "ms a row (95th percentile)"), ("size_mb", "MB on disk"))


def figure(view: View) -> Figure | None:
    """Score against cost with the frontier that nothing beats; none where no cost was measured."""
    rungs = [rung for rung in view.ladder.rungs if all(rung.cost.get(name, 0) > 0 for name, _ in COSTS)]
    if not rungs:
        return None
    drawn, panels = drawing.blank(3.1, len(COSTS), sharey=True)
    for axes, (name, label) in zip(panels, COSTS, strict=True):
        _panel(axes, view, rungs, name)
        axes.set_xlabel(label)
    panels[0].set_ylabel(view.score_name)
    low, high = span(view, rungs)
    pad = 0.06 * (high - low)
    ends = (low - pad, high + pad)
    panels[0].set_ylim(*(ends if view.sign > 0 else ends[::-1]))
    return drawn


def frontier(view: View, rungs: list[Rung], cost: str) -> list[Rung]:
    """The rungs that no other beats in both score and cost, from cheap to dear."""
    found: list[Rung] = []
    for rung in sorted(rungs, key=lambda rung: (rung.cost[cost], -view.sign * rung.score)):
        if not found or view.better(rung.score, found[-1].score):
            found.append(rung)
    return found


def _panel(axes: Axes, view: View, rungs: list[Rung], cost: str) -> None:
    best = frontier(view, rungs, cost)
    axes.set_xscale("log")
    axes.step(
        [rung.cost[cost] for rung in best], [rung.score for rung in best], where="post", color=drawing.ACCENT,
        linewidth=1.4, alpha=0.6,
    )  # fmt: skip
    for rung in rungs:
        on = rung in best
        colour = drawing.ACCENT if on else drawing.MUTED
        champion = rung.number == view.champion.number
        axes.plot(
            rung.cost[cost], rung.score, "o", markersize=9 if champion else 6, color=colour, markeredgewidth=1.2,
            markerfacecolor=colour if on else drawing.CARD,
        )  # fmt: skip
    low, high = span(view, rungs)
    near = [rung.cost[cost] for rung in rungs if low <= rung.score <= high]
    axes.set_xlim(min(near) / 1.6, max(near) * 1.6)
    _plain_numbers(axes)
    limit = view.ladder.options.get(f"max_{cost}")
    if limit:
        axes.axvline(limit, color=drawing.WARM, linewidth=1.2, linestyle=(0, (4, 3)))
    for rung in best:
        if low <= rung.score <= high:
            axes.annotate(
                str(rung.number), (rung.cost[cost], rung.score), (-5, 5), textcoords="offset points", ha="right",
                fontsize=9, color=drawing.ACCENT, weight="bold",
            )  # fmt: skip


def _plain_numbers(axes: Axes) -> None:
    """0.5, 1, 2, 5, 10 … and over a wide range 0.1, 1, 10 … in the place of powers of ten."""
    from matplotlib.ticker import LogLocator, NullFormatter

    low, high = axes.get_xlim()
    steps = (1.0, 2.0, 5.0) if high / low < DENSE else (1.0,)
    axes.xaxis.set_major_locator(LogLocator(subs=steps, numticks=6))
    axes.xaxis.set_major_formatter(lambda cost, _: f"{cost:g}")
    axes.xaxis.set_minor_formatter(NullFormatter())
