"""How much of the task can be read from each layer of the base model?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum.report import drawing
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(view: View) -> Figure | None:
    """The score of a linear head on each layer with its interval; the last layer's as a line across."""
    found = view.ladder.layers.get("layers") or ()
    if len(found) < 2:
        return None
    drawn, axes = drawing.blank(2.9)
    numbers = np.array([one["layer"] for one in found], float)
    scores = np.array([one["score"] for one in found], float)
    reach = [scores - [one["low"] for one in found], [one["high"] for one in found] - scores]
    axes.plot(numbers, scores, color=drawing.ACCENT, linewidth=1.2, alpha=0.6)
    axes.errorbar(
        numbers, scores, np.maximum(reach, 0), fmt="o", color=drawing.ACCENT, markersize=6, linewidth=1.4,
        label="linear head on a layer, 95 % interval", zorder=4,
    )  # fmt: skip
    axes.axhline(scores[-1], color=drawing.MUTED, linewidth=0.9, linestyle=(0, (4, 3)), label="the last layer")
    axes.set_xticks(numbers, ["words" if number == 0 else f"{number:.0f}" for number in numbers])
    axes.set_xlabel("layer of the base model")
    axes.set_ylabel(view.score_name)
    axes.legend(loc="best")
    return drawn
