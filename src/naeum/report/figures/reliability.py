"""Are rows that are answered with 80 % confidence right in 80 % of the cases?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naeum.report import drawing, words
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def figure(view: View) -> Figure | None:
    """Share of right answers against confidence, before and after calibration; none without answers on tune."""
    if view.tune is None or view.outputs is None:
        return None
    from naeum.measure.calibration import reliability

    drawn, axes = drawing.blank(3.6)
    axes.plot([0, 1], [0, 1], color=drawing.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    after = reliability(view.outputs, view.tune)
    found = [after]
    if view.uncalibrated is not None:
        before = reliability(view.uncalibrated, view.tune)
        found.append(before)
        _line(axes, before, drawing.WARM, "before calibration")
    _line(axes, after, drawing.ACCENT, "champion" if view.uncalibrated is None else "after calibration")
    low = min(float(min(one.confidence.min(), one.accuracy.min())) for one in found)
    low = max(0.0, low - 0.04)
    axes.set_xlim(low, 1.01)
    axes.set_ylim(low, 1.02)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share of right answers")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderpad=0, handletextpad=0.2)
    return drawn


def _line(axes: Axes, found: Any, colour: str, name: str) -> None:
    label = f"{name}: off by {words.percent(found.error)}"
    axes.plot(found.confidence, found.accuracy, color=colour, linewidth=1.4, alpha=0.75)
    sizes = 12 + 260 * found.weight
    axes.scatter(found.confidence, found.accuracy, sizes, color=colour, label=label, zorder=4, linewidths=0)
