"""How many mistakes are left when the unsure rows are rejected, and how many rows are then answered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum import sets
from naeum.report import drawing, words
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS = 200  # of the line: more is not seen
FEWEST = 0.05  # share of rows below which the error is noise
MARKS = (0.5, 0.7, 0.9)  # coverages that are marked on the line


def figure(view: View) -> Figure | None:
    """Error among the answered rows against coverage; none without answers on tune."""
    if view.tune is None or view.outputs is None:
        return None
    from naeum.measure.calibration import coverage_curve

    curve = coverage_curve(view.outputs, view.tune)
    shown = np.flatnonzero(curve.coverage >= FEWEST)
    shown = shown[sets.unique(np.linspace(0, len(shown) - 1, POINTS).astype(int))] if len(shown) else shown
    drawn, axes = drawing.blank(3.2)
    axes.plot(curve.coverage[shown], curve.error[shown], color=drawing.ACCENT, linewidth=2)
    axes.fill_between(curve.coverage[shown], curve.error[shown], color=drawing.ACCENT, alpha=0.1, linewidth=0)
    for mark in (*MARKS, 1.0):
        near = int(np.abs(curve.coverage - mark).argmin())
        where = float(curve.coverage[near]), float(curve.error[near])
        axes.plot(*where, "o", color=drawing.ACCENT, markersize=6)
        axes.annotate(
            words.percent(where[1]), where, (0, 8), textcoords="offset points", ha="right" if mark == 1 else "center",
            fontsize=9, weight="bold",
        )  # fmt: skip
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, max(float(curve.error[shown].max()) * 1.25 if len(shown) else 0, 0.01))
    axes.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.0f} %")
    axes.yaxis.set_major_formatter(lambda share, _: f"{100 * share:.3g} %")
    axes.set_xlabel("rows that are answered, the surest first")
    axes.set_ylabel("wrong among them")
    return drawn
