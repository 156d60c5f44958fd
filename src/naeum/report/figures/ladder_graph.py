"""Which rung was made from which, what did each change, and how high did each reach?

One line a rung, its score along the line; curves lead from parents to children and the champion's path is highlighted.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from naeum import tongue
from naeum.contract import Rung
from naeum.report import drawing, words
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 40  # rungs that are drawn; beyond it the kept ones and the last stay
ROW = 0.4  # inches a rung
LABEL = 34  # characters of what changed


def figure(view: View) -> Figure:
    """The ladder as a graph."""
    shown = _shown(view)
    drawn, axes = drawing.blank(0.7 + ROW * len(shown))
    low, high = span(view, shown)
    at = {rung.number: (min(max(rung.score, low), high), line) for line, rung in enumerate(shown)}
    _edges(axes, view, shown, at)
    for line, rung in enumerate(shown):
        _node(axes, view, rung, at[rung.number])
        _label(axes, view, rung, line)
    pad = (high - low) * 0.04
    ends = (low - pad, high + pad)
    axes.set_xlim(*(ends if view.sign > 0 else ends[::-1]))
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_yticks([])
    axes.grid(visible=False, axis="y")
    axes.set_xlabel(f"{view.score_name} on the select part (line: 95 % interval)", loc="right")
    drawing.bare(axes, "left")
    return drawn


def span(view: View, rungs: list[Rung]) -> tuple[float, float]:
    """Ends of the axis: all intervals, but a floor far below the rest stands at the edge."""
    rest = [rung for rung in rungs if rung.parents] or rungs
    low, high = min(rung.low for rung in rest), max(rung.high for rung in rest)
    floor = rungs[0].score
    reach = max(high - low, 1e-6)
    if min(abs(floor - low), abs(floor - high)) < reach:
        low, high = min(low, rungs[0].low), max(high, rungs[0].high)
    return low, high


def _shown(view: View) -> list[Rung]:
    rungs = list(view.ladder.rungs)
    if len(rungs) <= MOST:
        return rungs
    needed = [rung for rung in rungs if rung.kept or rung.number in view.path]
    others = [rung for rung in rungs if rung not in needed]
    room = max(MOST - len(needed), 0)
    return sorted([*needed, *others[len(others) - room :]], key=lambda rung: rung.number)


def _edges(axes: Axes, view: View, shown: list[Rung], at: dict[int, tuple[float, int]]) -> None:
    from matplotlib.patches import FancyArrowPatch

    for rung in shown:
        for parent in rung.parents:
            if parent not in at:
                continue
            champion = rung.number in view.path and parent in view.path
            axes.add_patch(
                FancyArrowPatch(
                    at[parent], at[rung.number], arrowstyle="-", shrinkA=4, shrinkB=4,
                    connectionstyle=f"arc3,rad={0.22 * view.sign}", linewidth=1.8 if champion else 0.9,
                    color=drawing.ACCENT if champion else drawing.FAINT, zorder=2 if champion else 1,
                )
            )  # fmt: skip


def _node(axes: Axes, view: View, rung: Rung, where: tuple[float, int]) -> None:
    champion, kept = rung.number in view.path, rung.kept
    colour = drawing.ACCENT if champion else drawing.MUTED
    if where[0] == rung.score:
        axes.plot([rung.low, rung.high], [where[1]] * 2, color=colour, linewidth=1, alpha=0.55, zorder=3)
    size = 9 if rung.number == view.champion.number else 6.5
    axes.plot(
        *where, marker="o" if where[0] == rung.score else "<", markersize=size, markeredgewidth=1.4, zorder=4,
        markeredgecolor=colour, markerfacecolor=colour if kept else drawing.CARD,
    )  # fmt: skip


def cut(text: str) -> str:
    """A text of at most LABEL columns, in which Hangul takes two a syllable.

    Example:
        >>> cut("선형 모델"), len(cut("x" * 99)) == LABEL
        ('선형 모델', True)
    """
    taken = 0
    for at, sign in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if taken > LABEL:
            return f"{text[: max(at - 1, 0)]}…"
    return text


def _label(axes: Axes, view: View, rung: Rung, line: int) -> None:
    """Left: number, technique, what changed; right: the score."""
    best = rung.number == view.champion.number
    said = words.changes(rung, view.ladder.rungs)
    more = f" (+{len(said) - 1})" if len(said) > 1 else ""
    what = cut(tongue.said(said[0]))  # half a sentence has no translation
    left: dict[str, Any] = {
        "ha": "right",
        "va": "center",
        "textcoords": "offset points",
        "xycoords": axes.get_yaxis_transform(),
    }
    colour = drawing.ACCENT if best else drawing.INK
    axes.annotate(
        f"{rung.number}  {view.title(rung)}", (0, line), (-8, 5), color=colour, fontsize=9.5,
        weight="bold" if best else "normal", **left,
    )  # fmt: skip
    axes.annotate(what + more, (0, line), (-8, -6.5), color=drawing.MUTED, fontsize=8.2, **left)
    axes.annotate(
        words.number(rung.score), (1, line), (6, 0), ha="left", va="center", textcoords="offset points", fontsize=9,
        xycoords=axes.get_yaxis_transform(), color=colour if rung.kept else drawing.MUTED,
        weight="bold" if best else "normal",
    )  # fmt: skip
