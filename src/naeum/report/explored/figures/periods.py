"""How do class mix and length change from period to period?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.report import drawing
from naeum.report.explored.figures.frame import CLASSES, blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EARLIEST = -62_135_596_800.0  # seconds: the year 1, before which there is no date


def figure(one: Mapping[str, Any]) -> Figure | None:
    """Shares of the classes above, median length of texts below, one place a period."""
    steps = np.arange(len(one["periods"]))
    labels, lengths = one["labels"], one["lengths"]
    count = bool(labels) + bool(lengths)
    drawn, grid = blank(0.6 + 1.6 * count, count, sharex=True, squeeze=False)
    panels = grid[:, 0]
    if labels:
        for place, (name, shares) in enumerate(zip(labels["classes"], labels["shares"], strict=True)):
            colour = CLASSES[place % len(CLASSES)]
            panels[0].plot(steps, shares, marker="o", markersize=4, color=colour, label=short(name))
        panels[0].yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        panels[0].set_ylim(0)
        panels[0].legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=4, handlelength=1, fontsize=8)
        panels[0].set_ylabel("share")
    if lengths:
        panels[-1].plot(steps, lengths, marker="o", markersize=4, color=drawing.MUTED)
        panels[-1].set_ylim(0)
        panels[-1].yaxis.set_major_formatter(lambda value, _: compact(value))
        panels[-1].set_ylabel("characters")
    panels[-1].set_xticks(steps, [_day(period[0]) for period in one["periods"]], rotation=35, ha="right", fontsize=8)
    return drawn


def _day(seconds: float) -> str:
    """A time as its day; a plain number where it is no time of a calendar."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > EARLIEST else compact(seconds)
    except (OverflowError, OSError, ValueError):
        return compact(seconds)
