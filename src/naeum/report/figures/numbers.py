"""How near are answered numbers to the true ones?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum import decoding, sets
from naeum.report import drawing
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 2_000  # rows that are drawn, evenly spread: more points hide one another
REST = (0.005, 0.995)  # quantiles of the truth between which the axes lie: one giant must not press the rest together


def figure(view: View) -> Figure | None:
    """Answered against true numbers with the answered intervals, and what is left against the answer."""
    if view.tune is None or view.outputs is None or view.ladder.task.output != "number":
        return None
    rows = view.judged[sets.unique(np.linspace(0, len(view.judged) - 1, MOST).astype(np.int64))]
    truth = np.asarray(view.tune.truth.to_numpy(), np.float64)[rows]
    told = decoding.numbers(view.outputs)[rows]
    drawn, panels = drawing.blank(3.2, 2)
    low, high = np.quantile(np.concatenate([truth, told]), REST)
    first, second = panels
    first.plot([low, high], [low, high], color=drawing.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    if view.outputs.quantiles is not None:
        ends = np.asarray(view.outputs.quantiles, np.float64)[rows]
        first.vlines(truth, ends[:, 0], ends[:, 1], color=drawing.SOFT, linewidth=0.6, zorder=1)
    size = 14 if len(rows) < 300 else 5
    first.scatter(truth, told, size, color=drawing.ACCENT, alpha=0.55, linewidths=0, zorder=3)
    first.set(xlabel="true", ylabel="answered", xlim=(low, high), ylim=(low, high), title="Answered against true")
    second.axhline(0, color=drawing.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    second.scatter(told, truth - told, size, color=drawing.COOL, alpha=0.55, linewidths=0)
    second.set(xlabel="answered", title="True less answered")
    return drawn
