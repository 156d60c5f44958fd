"""How much of the error is bias, how much variance? Both readings, from the user's own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naeum import tongue
from naeum.report import drawing, words
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TIGHT = 0.1  # share of the bar below which a number stands above its piece, not in it


def figure(view: View) -> Figure | None:
    """Two bars of the error, cut into reference, bias and variance; none where it was not measured."""
    found = view.ladder.bias_variance
    if not found or found.get("tune_error") is None:
        return None
    bars = readings(found)
    drawn, axes = drawing.blank(0.9 + 0.75 * len(bars))
    total = max(max(ends[-1] for _, ends in bars), 1e-6)
    for line, (_, ends) in enumerate(bars):
        _bar(axes, ends, line, total)
    low, high = found.get("tune_low"), found.get("tune_high")
    if low is not None and high is not None:
        axes.plot([low, high], [0, 0], color=drawing.INK, linewidth=1.2, alpha=0.8)
        total = max(total, high)
    axes.set_yticks(range(len(bars)), [tongue.said(name) for name, _ in bars], color=drawing.INK)
    axes.set_ylim(len(bars) - 0.45, -0.6)
    axes.set_xlim(0, total * 1.03)
    axes.set_xlabel("error (line: 95 % interval of the error on tune)", loc="right")
    axes.grid(visible=False, axis="y")
    drawing.bare(axes, "left")
    _legend(axes)
    return drawn


def readings(found: dict[str, Any]) -> list[tuple[str, tuple[float, float, float]]]:
    """Each reading with the ends of its three pieces: reference, + bias, + variance."""
    reference = float(found.get("reference") or 0.0)
    tune = float(found["tune_error"])
    bars = []
    if found.get("fit_error") is not None:
        fit = float(found["fit_error"])
        bars.append(("training error\nagainst tune", (min(reference, fit), fit, max(tune, fit))))
    if found.get("bias") is not None and found.get("variance") is not None:
        end = max(reference + float(found["bias"]), 0.0)  # the curve's asymptote; a reference above it leaves no bias
        bars.append(("by the\nlearning curve", (min(reference, end), end, end + max(float(found["variance"]), 0.0))))
    return bars or [("tune", (min(reference, tune), tune, tune))]


def _bar(axes: Axes, ends: tuple[float, float, float], line: int, total: float) -> None:
    start = 0.0
    for end, colour in zip(ends, (drawing.FAINT, drawing.COOL, drawing.WARM), strict=True):
        wide = end - start
        if wide > 0:
            axes.barh(line, wide, left=start, height=0.5, color=colour, linewidth=0)
            inside = wide > TIGHT * total
            ink = drawing.INK if colour == drawing.FAINT or not inside else drawing.CARD
            place: dict[str, Any] = {"ha": "center", "va": "center" if inside else "bottom", "fontsize": 9}
            axes.text(start + wide / 2, line if inside else line - 0.28, words.number(wide), color=ink, **place)
        start = end


def _legend(axes: Axes) -> None:
    from matplotlib.patches import Patch

    names = (("reference", drawing.FAINT), ("bias", drawing.COOL), ("variance", drawing.WARM))
    handles = [Patch(color=colour, label=name, linewidth=0) for name, colour in names]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderpad=0, handlelength=1.1)
