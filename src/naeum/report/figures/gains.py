"""What did each edit bring, how sure is that, and what had been forecast?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naeum.contract import Rung
from naeum.report import drawing, words
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 40  # rungs that are drawn, the newest
ROW = 0.3  # inches a rung
FAR = 4.0  # a gain this many times beyond the reach of the others stands at the edge


def figure(view: View) -> Figure | None:
    """A forest plot of gains against the champion of the time, forecasts as diamonds; none without a second rung."""
    shown = [rung for rung in view.ladder.rungs if rung.parents][-MOST:]
    if not shown:
        return None
    drawn, axes = drawing.blank(1.1 + ROW * len(shown))
    low, high = _span(shown)
    axes.axvline(0, color=drawing.MUTED, linewidth=1)
    for line, rung in enumerate(shown):
        _row(axes, rung, line, (low, high))
    axes.set_xlim(low, high)
    axes.set_ylim(len(shown) - 0.4, -0.7)
    axes.set_yticks(range(len(shown)), [f"{rung.number}  {view.title(rung)}" for rung in shown])
    for text, rung in zip(axes.get_yticklabels(), shown, strict=True):
        text.set_color(drawing.INK if rung.kept else drawing.MUTED)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(f"gain in {view.score_name} against the champion of its time, 95 % interval", loc="right")
    drawing.bare(axes, "left")
    _legend(axes)
    return drawn


def _span(shown: list[Rung]) -> tuple[float, float]:
    """Ends of the axis: the gains of all rungs but those far off, which are mostly steps away from the floor."""
    reach = sorted(max(abs(rung.gain_low), abs(rung.gain_high), abs(rung.gain)) for rung in shown)
    usual = reach[len(reach) // 2] * FAR
    inside = [rung for rung in shown if max(abs(rung.gain_low), abs(rung.gain_high)) <= usual] or shown
    low = min(0.0, *(min(rung.gain_low, rung.gain) for rung in inside))
    high = max(0.0, *(max(rung.gain_high, rung.gain) for rung in inside))
    pad = 0.06 * max(high - low, 1e-6)
    return low - pad, high + pad


def _row(axes: Axes, rung: Rung, line: int, span: tuple[float, float]) -> None:
    colour = drawing.ACCENT if rung.kept else drawing.MUTED
    low, high = span
    if not low <= rung.gain <= high:
        edge = high if rung.gain > high else low
        side = "right" if rung.gain > high else "left"
        arrow = f"{words.signed(rung.gain)} →" if side == "right" else f"← {words.signed(rung.gain)}"
        axes.text(edge, line, arrow, ha=side, va="center", color=colour, fontsize=9, weight="bold")
        return
    ends = max(rung.gain_low, low), min(rung.gain_high, high)
    axes.plot(ends, [line] * 2, color=colour, linewidth=2, solid_capstyle="round", alpha=0.75)
    face = colour if rung.kept else drawing.CARD
    axes.plot(rung.gain, line, "o", color=colour, markersize=6, markerfacecolor=face, markeredgewidth=1.3, zorder=4)
    forecast = words.forecast(rung)
    if forecast is not None and low <= forecast <= high:
        axes.plot(forecast, line + 0.3, "D", color=drawing.WARM, markersize=4, zorder=3)


def _legend(axes: Axes) -> None:
    from matplotlib.lines import Line2D

    kept = Line2D([], [], marker="o", color=drawing.ACCENT, linewidth=2, label="kept")
    refused = Line2D(
        [], [], marker="o", color=drawing.MUTED, markerfacecolor=drawing.CARD, linewidth=2, label="not kept"
    )
    forecast = Line2D([], [], marker="D", markersize=4, color=drawing.WARM, linewidth=0, label="forecast")
    axes.legend(handles=[kept, refused, forecast], loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderpad=0)
