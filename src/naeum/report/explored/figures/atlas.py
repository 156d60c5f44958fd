"""How do the rows lie to each other, coloured by label, topic, length or error?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.report import drawing
from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.frame import CLASSES, short
from naeum.report.explored.figures.panel import Panel

HEIGHT = 4.6  # inches: the map is nearly square
DOT = 3.2  # points: 1,500 of them leave gaps
ALPHA = 0.75
AIR = 0.02  # share of the map that is left free on each side

Group = tuple[str, str, float, npt.NDArray[np.bool_]]  # name, colour, opacity, which rows


def figure(found: Mapping[str, Any], by: str) -> Canvas | None:
    """The map coloured by `by`; none where the rows have no such thing."""
    if found.get(by) is None:
        return None
    groups = list(_groups(found, by))
    canvas = Canvas(HEIGHT)
    lines = legend.lines([group[:3] for group in groups], canvas.width)
    legend.drawn(canvas, lines, 8.0)
    x, y = (np.asarray(each, np.float64) for each in found["x"])
    box = (4.0, 14 + legend.PITCH * len(lines), canvas.width - 4, canvas.height - 4)
    panel = Panel(canvas, box, _aired(x), _aired(y))
    for _, colour, alpha, rows in groups:
        canvas.dots(panel.across(x[rows]), panel.down(y[rows]), DOT, colour, alpha)
    return canvas


def _groups(found: Mapping[str, Any], by: str) -> Iterator[Group]:
    """The groups that have rows, those below first."""
    values = found[by]
    if by == "length":
        made = _shaded(np.asarray(values, np.float64))
    elif by == "error":
        flags = np.asarray(values) > 0
        made = iter(
            (("answered as labelled", drawing.SOFT, 1.0, ~flags), ("answered otherwise", drawing.WARM, 1.0, flags))
        )
    else:
        names = found["classes"] if by == "label" else [f"topic {number + 1}" for number in range(max(values) + 1)]
        made = _coloured(np.asarray(values, np.int64), names)
    return (group for group in made if group[3].any())


def _coloured(codes: npt.NDArray[np.int64], names: list[str]) -> Iterator[Group]:
    """The most frequent groups in a colour each; all others grey."""
    known = codes[codes >= 0]
    frequent = np.argsort(-np.bincount(known, minlength=len(names)), kind="stable")[: len(CLASSES)]
    yield "others" if len(names) > len(CLASSES) else "unlabelled", drawing.FAINT, 1.0, ~sets.isin(codes, frequent)
    for place, code in enumerate(frequent.tolist()):
        yield short(names[code]), CLASSES[place], ALPHA, codes == code


def _shaded(lengths: npt.NDArray[np.float64]) -> Iterator[Group]:
    """Five steps from short to long, each with as many rows."""
    edges = sets.unique(np.quantile(lengths, np.linspace(0, 1, 6)))
    step = np.clip(np.searchsorted(edges, lengths, side="right") - 1, 0, max(len(edges) - 2, 0))
    for place in range(max(len(edges) - 1, 1)):
        low, high = edges[place], edges[min(place + 1, len(edges) - 1)]
        alpha = 0.15 + 0.85 * (place + 1) / max(len(edges) - 1, 1)
        yield f"{low:,.0f} to {high:,.0f}", drawing.COOL, alpha, step == place


def _aired(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    air = AIR * (high - low) or 0.5
    return low - air, high + air
