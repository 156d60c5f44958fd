"""How does the error fall with more rows, and where would it end?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def figure(view: View) -> Figure | None:
    """The measured errors, the power law a + b·n^-c through them, its asymptote, and twice the data."""
    curve = view.ladder.curve
    if not curve or len(curve.get("sizes", ())) < 2:
        return None
    drawn, axes = drawing.blank(3.2)
    sizes, errors = np.asarray(curve["sizes"], float), np.asarray(curve["errors"], float)
    _law(axes, curve, sizes)
    below, above = errors - np.asarray(curve["lows"], float), np.asarray(curve["highs"], float) - errors
    axes.errorbar(
        sizes, errors, np.maximum([below, above], 0), fmt="o", color=drawing.ACCENT, markersize=6, linewidth=1.4,
        label="measured, 95 % interval", zorder=4,
    )  # fmt: skip
    _double(axes, curve, sizes[-1])
    axes.set_xscale("log")
    _ticks(axes, sizes)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("rows learned from")
    axes.set_ylabel("error")
    axes.legend(loc="upper right")
    return drawn


def _law(axes: Axes, curve: dict[str, Any], sizes: Any) -> None:
    """The fitted law over the sizes and on to four times the data, and the asymptote with its interval."""
    end = sizes[-1] * 4
    if any(curve.get(name) is None for name in ("asymptote", "b", "c")):
        return
    along = np.geomspace(sizes[0], end, 80)
    law = curve["asymptote"] + curve["b"] * along ** -curve["c"]
    seen = along <= sizes[-1]
    axes.plot(along[seen], law[seen], color=drawing.ACCENT, linewidth=1.4, alpha=0.7)
    axes.plot(along[~seen], law[~seen], color=drawing.ACCENT, linewidth=1.4, alpha=0.7, linestyle=(0, (4, 3)))
    axes.axhline(curve["asymptote"], color=drawing.COOL, linewidth=1.2, label="asymptote: endless data")
    low, high = curve.get("asymptote_low"), curve.get("asymptote_high")
    if low is not None and high is not None:
        axes.axhspan(max(low, 0), high, color=drawing.COOL, alpha=0.12, linewidth=0)


def _double(axes: Axes, curve: dict[str, Any], size: float) -> None:
    value = curve.get("at_double")
    if value is None:
        return
    low, high = curve.get("at_double_low"), curve.get("at_double_high")
    reach = None if low is None or high is None else [[max(value - low, 0)], [max(high - value, 0)]]
    axes.errorbar(
        [2 * size], [value], reach, fmt="D", color=drawing.WARM, markersize=6, linewidth=1.4, label="twice the data",
        zorder=5,
    )  # fmt: skip


def _ticks(axes: Axes, sizes: Any) -> None:
    from matplotlib.ticker import NullLocator

    shown = [*sizes[-5:], 2 * sizes[-1]]
    axes.set_xticks(shown, [f"{size:,.0f}" for size in shown])
    axes.xaxis.set_minor_locator(NullLocator())
