"""Which figures does the report have? Each file is one; none of them keeps state or touches pyplot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from naeum.report import drawing
from naeum.report.figures import (
    anytime,
    bias_variance,
    confusion,
    coverage,
    curve,
    gains,
    ladder_graph,
    layers,
    numbers,
    overview,
    pareto,
    reliability,
    resamples,
)
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURES: tuple[tuple[str, Callable[[View], Figure | None]], ...] = (
    ("ladder", ladder_graph.figure),
    ("gains", gains.figure),
    ("pareto", pareto.figure),
    ("anytime", anytime.figure),
    ("biasvariance", bias_variance.figure),
    ("curve", curve.figure),
    ("reliability", reliability.figure),
    ("coverage", coverage.figure),
    ("confusion", confusion.figure),
    ("numbers", numbers.figure),
    ("overview", overview.figure),
    ("layers", layers.figure),
    ("resamples", resamples.figure),
)


def draw(name: str, view: View, label: str) -> str | None:
    """Figure `name` as SVG for a page; none where the ladder has nothing to draw it from."""
    made = dict(FIGURES)[name]
    with drawing.style(name):
        figure = made(view)
    return None if figure is None else drawing.svg(figure, name, label)
