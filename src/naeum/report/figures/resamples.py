"""How do bias and variance over resamples stand beside those by the learning curve?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naeum import tongue
from naeum.report import drawing, words
from naeum.report.figures.bias_variance import readings
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT, TIGHT = 2.9, 0.14  # inches; share of the bar below which a number stands above its piece, not in it
Pieces = tuple[tuple[str, float, str], ...]  # name, width, colour


def figure(view: View) -> Figure | None:
    """The error in rows by the learning curve above the squared error over resamples; none where none were fitted."""
    found = view.ladder.resamples
    if not found:
        return None
    known = view.ladder.bias_variance or {}
    bars = [_over(found), *(_by_curve(known) if known.get("bias") is not None else ())]
    drawn, _ = drawing.blank(HEIGHT if len(bars) > 1 else HEIGHT / 2)
    drawn.clear()
    for axes, (title, label, pieces) in zip(drawn.subplots(len(bars), 1, squeeze=False)[:, 0], bars, strict=True):
        _bar(axes, pieces)
        axes.set_title(tongue.said(title), fontsize=9.5)
        axes.set_xlabel(label, loc="right")
    return drawn


def _over(found: dict[str, Any]) -> tuple[str, str, Pieces]:
    pieces = (("bias²", found["bias"], drawing.COOL), ("variance", found["variance"], drawing.WARM))
    return f"over {found['count']} resamples", "mean squared error", pieces


def _by_curve(known: dict[str, Any]) -> list[tuple[str, str, Pieces]]:
    _, (reference, bias, end) = readings(known)[-1]
    pieces = (
        ("reference", reference, drawing.FAINT),
        ("bias", bias - reference, drawing.COOL),
        ("variance", end - bias, drawing.WARM),
    )
    return [("by the learning curve", "error on rows not learned from", pieces)]


def _bar(axes: Axes, pieces: Pieces) -> None:
    start, total = 0.0, max(sum(max(wide, 0.0) for _, wide, _ in pieces), 1e-9)
    for name, wide, colour in pieces:
        if wide <= 0:
            continue
        axes.barh(0, wide, left=start, height=0.5, color=colour, linewidth=0)
        inside = wide > TIGHT * total
        ink = drawing.CARD if inside and colour != drawing.FAINT else drawing.INK
        place: dict[str, Any] = {"ha": "center", "va": "center" if inside else "bottom", "fontsize": 9}
        said = f"{tongue.said(name)} {words.number(wide)}"
        axes.text(start + wide / 2, 0 if inside else 0.3, said, color=ink, **place)
        start += wide
    axes.set_yticks([])
    axes.set_ylim(-0.35, 0.6)
    axes.set_xlim(0, total * 1.03)
    axes.grid(visible=False, axis="y")
    drawing.bare(axes, "left")
