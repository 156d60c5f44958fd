"""Which classes are taken for which? With many classes: the block of those that are confused most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum import sets
from naeum.contract import Ints
from naeum.report import drawing
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 16  # classes in the block: their names stay readable
NAME = 22  # characters of a class name
ACROSS = 40  # characters of all class names that stand upright side by side


def figure(view: View) -> Figure | None:
    """A heat map of true against answered classes on tune; none without answers."""
    counts = view.confusion
    if not counts.sum():
        return None
    block = most_confused(counts, MOST)
    drawn, axes = drawing.blank(1.9 + 0.27 * len(block))
    _heat(axes, counts[np.ix_(block, block)])
    names = [_short(view.ladder.task.classes[code]) for code in block]
    steps = np.arange(len(block)) + 0.5
    few = len(block) * max(map(len, names)) <= ACROSS
    axes.set_xticks(steps, names, **({} if few else {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}))
    axes.set_yticks(steps, names, rotation=0)
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_color(drawing.INK)
    axes.set_xlabel("answered")
    axes.set_ylabel("true")
    axes.grid(visible=False)
    drawing.bare(axes, "left", "bottom")
    return drawn


def most_confused(counts: Ints, most: int) -> Ints:
    """Codes of the classes with the most mistakes in either direction, partners side by side; all where they fit.

    Greedy: the pair that is confused most, then again and again the class that is confused most with those chosen.
    """
    both = counts + counts.T
    np.fill_diagonal(both, 0)
    if len(counts) <= most:
        return np.arange(len(counts))
    left = both.astype(np.float64)
    chosen: list[int] = []
    while len(chosen) < most:
        pull = left[chosen].sum(axis=0) if chosen else np.zeros(len(left))
        pull[chosen] = -1
        rest = np.where(sets.isin(np.arange(len(left)), chosen), -1, left.sum(axis=1))
        # A partner of what is there comes first; else the class with the most mistakes starts the next group.
        last = left[chosen[-1]].copy() if chosen else pull
        last[chosen] = -1
        chosen.append(int(last.argmax() if last.max() > 0 else rest.argmax()))
    return np.asarray(chosen, np.int64)


def pairs(counts: Ints, most: int) -> list[tuple[int, int, int]]:
    """(true, answered, how often) of the most frequent mistakes, most frequent first."""
    wrong = counts.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong, axis=None, kind="stable")[:most]
    rows, columns = np.unravel_index(order, wrong.shape)
    return [(int(t), int(a), int(wrong[t, a])) for t, a in zip(rows, columns, strict=True) if wrong[t, a]]


def _heat(axes: Axes, counts: Ints) -> None:
    """Cells coloured by the share of the true class: mistakes are warm; the count stands inside."""
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap, to_rgba

    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for colour, diagonal in ((drawing.ACCENT, True), (drawing.WARM, False)):
        hidden = (np.eye(len(counts), dtype=bool) != diagonal) | (counts == 0)
        if hidden.all():
            continue
        shades = LinearSegmentedColormap.from_list("shade", [to_rgba(colour, 0.12), to_rgba(colour, 0.95)])
        top = 1.0 if diagonal else max(float(share[~hidden].max()), 0.2)
        sns.heatmap(share, mask=hidden, cmap=shades, vmin=0, vmax=top, cbar=False, square=False, ax=axes, annot=False)
        for row, column in zip(*np.nonzero(~hidden), strict=True):
            strong = share[row, column] / top > 0.55
            axes.text(
                column + 0.5, row + 0.5, str(counts[row, column]), ha="center", va="center", fontsize=8,
                color=drawing.CARD if strong else drawing.INK,
            )  # fmt: skip
    for place in range(len(counts) + 1):
        axes.axhline(place, color=drawing.FAINT, linewidth=0.4)
        axes.axvline(place, color=drawing.FAINT, linewidth=0.4)


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
