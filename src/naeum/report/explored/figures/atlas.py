"""How do the rows lie to each other, coloured by label, topic, length or error?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.report import drawing
from naeum.report.explored.figures.frame import CLASSES, short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT = 4.6  # inches: the map is nearly square
DOT = 9.0  # square points: 1,500 of them leave gaps
ALPHA = 0.75


def figure(found: Mapping[str, Any], by: str) -> Figure | None:
    """The map coloured by `by`; none where the rows have no such thing."""
    values = found.get(by)
    if values is None:
        return None
    drawn, axes = drawing.blank(HEIGHT)
    x, y = (np.asarray(each, np.float64) for each in found["x"])
    if by == "length":
        _shaded(axes, x, y, np.asarray(values, np.float64))
    elif by == "error":
        flags = np.asarray(values) > 0
        axes.scatter(x[~flags], y[~flags], s=DOT, color=drawing.SOFT, linewidths=0, label="answered as labelled")
        axes.scatter(x[flags], y[flags], s=DOT, color=drawing.WARM, linewidths=0, label="answered otherwise")
        _legend(axes)
    else:
        names = found["classes"] if by == "label" else [f"topic {number + 1}" for number in range(max(values) + 1)]
        _coloured(axes, x, y, np.asarray(values, np.int64), names)
    axes.set_xticks([])
    axes.set_yticks([])
    drawing.bare(axes, "left", "bottom")
    return drawn


def _coloured(axes: Axes, x: Any, y: Any, codes: npt.NDArray[np.int64], names: list[str]) -> None:
    """The most frequent groups in a colour each; all others grey."""
    known = codes[codes >= 0]
    frequent = np.argsort(-np.bincount(known, minlength=len(names)), kind="stable")[: len(CLASSES)]
    rest = ~np.isin(codes, frequent)
    if rest.any():
        label = "others" if len(names) > len(CLASSES) else "unlabelled"
        axes.scatter(x[rest], y[rest], s=DOT, color=drawing.FAINT, linewidths=0, label=label)
    for place, code in enumerate(frequent.tolist()):
        here = codes == code
        if here.any():
            axes.scatter(
                x[here], y[here], s=DOT, color=CLASSES[place], alpha=ALPHA, linewidths=0, label=short(names[code])
            )
    _legend(axes)


def _shaded(axes: Axes, x: Any, y: Any, lengths: npt.NDArray[np.float64]) -> None:
    """Five steps from short to long, each with as many rows."""
    edges = np.unique(np.quantile(lengths, np.linspace(0, 1, 6)))
    step = np.clip(np.searchsorted(edges, lengths, side="right") - 1, 0, max(len(edges) - 2, 0))
    for place in range(max(len(edges) - 1, 1)):
        here = step == place
        low, high = edges[place], edges[min(place + 1, len(edges) - 1)]
        alpha = 0.15 + 0.85 * (place + 1) / max(len(edges) - 1, 1)
        axes.scatter(
            x[here], y[here], s=DOT, color=drawing.COOL, alpha=alpha, linewidths=0, label=f"{low:,.0f} to {high:,.0f}"
        )
    _legend(axes)


def _legend(axes: Axes) -> None:
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, handlelength=1, fontsize=8, markerscale=1.6)
