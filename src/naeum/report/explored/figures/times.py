"""How many rows are there by year, month and weekday, and how does the target move?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from naeum.report import drawing
from naeum.report.explored.figures.frame import CLASSES, blank, compact, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TITLES = {"year": "by year", "month": "by month", "isodow": "by weekday"}
MONTHS = ("J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def figure(found: Mapping[str, Sequence[Mapping[str, Any]]], measures: Sequence[str]) -> Figure | None:
    """Bars of rows, and below a line for each measure of the target; none where there is no date."""
    if not found.get("year"):
        return None
    lines = 2 if measures else 1
    drawn, grid = blank(1.5 * lines + 0.5, lines, 3, squeeze=False, sharex="col")
    for place, (unit, title) in enumerate(TITLES.items()):
        at = [row["at"] for row in found[unit]]
        top = grid[0, place]
        top.bar(at, [row["rows"] for row in found[unit]], color=drawing.COOL, alpha=0.85, width=0.7)
        top.set_title(title)
        top.locator_params(axis="y", nbins=3)
        top.yaxis.set_major_formatter(lambda value, _: compact(value))
        drawing.bare(top, "left")
        for number, name in enumerate(measures):
            known = [row for row in found[unit] if name in row]
            grid[1, place].plot([row["at"] for row in known], [row[name] for row in known], marker="o", markersize=2.5,
                                linewidth=1.2, color=CLASSES[number % len(CLASSES)], label=short(name))  # fmt: skip
        if measures:
            grid[1, place].locator_params(axis="y", nbins=3)
            drawing.bare(grid[1, place], "left")
        _ticks(grid[-1, place], unit, at)
    if len(measures) > 1:
        drawn.legend(*grid[1, 0].get_legend_handles_labels(), loc="outside lower center", ncols=5, fontsize=8)
    return drawn


def _ticks(axes: Any, unit: str, at: Sequence[int]) -> None:
    if unit == "month":
        axes.set_xticks(range(1, 13), MONTHS, fontsize=7)
    elif unit == "isodow":
        axes.set_xticks(range(1, 8), DAYS, fontsize=7)
    else:
        step = max(1, len(at) // 3)
        axes.set_xticks(list(at)[::step], [str(year) for year in list(at)[::step]], fontsize=7)
