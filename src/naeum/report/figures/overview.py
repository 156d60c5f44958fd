"""What do the data look like: how many rows has each class (how are the numbers spread), how long are the texts?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Ints
from naeum.errors import NaeumError
from naeum.measure.words import flat, sizes
from naeum.report import drawing
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FEW = 12  # classes up to which each has a bar with its name
SAMPLE = 20_000  # rows whose lengths are counted: more moves no bar visibly
NAME = 16  # characters of a class name


def figure(view: View) -> Figure | None:
    """Rows a class (or the spread of the numbers) and words a text; none where there is nothing to count."""
    task, part = view.ladder.task, _part(view)
    reads = any(kind in ("text", "words") for kind in task.columns.values())
    drawn, panels = drawing.blank(3.0, 2 if reads else 1)
    first = panels[0] if reads else panels
    if task.output == "number" and part is not None:
        _spread(first, part)
    else:
        counts, names = _counts(view, part)
        if not counts.any():
            return None
        (_bars if len(counts) <= FEW else _ranked)(first, counts, names)
    if reads:
        _lengths(panels[1], view)
    return drawn


def _counts(view: View, part: Dataset | None) -> tuple[Ints, list[str]]:
    """Rows a class; of several labels or tags how often each stands, the tag of no entity left out."""
    names = [str(name) for name in view.ladder.summary.get("classes", view.ladder.task.classes)]
    if view.ladder.task.output == "label" or part is None or part.truth is None:
        return np.asarray(view.ladder.summary.get("class_counts", ()), np.int64), names
    if view.ladder.task.output == "span":
        there = int((sizes(part.truth)[part.target >= 0] > 0).sum())
        return np.array([there, int((part.target >= 0).sum()) - there]), ["an answer", "no answer"]
    counts = np.bincount(flat(part.truth), minlength=len(names))
    kept = [code for code, name in enumerate(names) if name != "O"]
    return np.asarray(counts[kept], np.int64), [names[code] for code in kept]


def _spread(axes: Axes, part: Dataset) -> None:
    import seaborn as sns

    numbers = np.asarray(part.truth.to_numpy(), np.float64)[part.target >= 0]
    sns.histplot(x=numbers, bins=30, color=drawing.ACCENT, alpha=0.8, edgecolor="none", ax=axes)
    axes.set(xlabel=part.task.target, ylabel="", title=f"Rows by {_short(part.task.target)}")


def _bars(axes: Axes, counts: Ints, names: list[str]) -> None:
    order = np.argsort(-counts, kind="stable")
    axes.barh(range(len(counts)), counts[order], color=drawing.ACCENT, height=0.6)
    axes.set_yticks(range(len(counts)), [_short(names[code]) for code in order], color=drawing.INK)
    axes.invert_yaxis()
    for line, code in enumerate(order):
        axes.annotate(
            f"{counts[code]:,}", (counts[code], line), (3, 0), textcoords="offset points", va="center", fontsize=9
        )
    axes.set_xlim(0, counts.max() * 1.28)
    axes.locator_params(axis="x", nbins=3)
    axes.set_title("Rows a class")
    axes.grid(visible=False, axis="y")
    drawing.bare(axes, "left")


def _ranked(axes: Axes, counts: Ints, names: list[str]) -> None:
    """Many classes: all counts in falling order, the largest and the smallest named."""
    order = np.argsort(-counts, kind="stable")
    falling = counts[order]
    axes.fill_between(np.arange(len(counts)) + 1, falling, step="mid", color=drawing.ACCENT, alpha=0.8, linewidth=0)
    axes.set_ylim(0, falling[0] * 1.3)
    ends = "\n".join(
        f"{which}: {_short(names[order[at]])}, {falling[at]:,}" for which, at in (("most", 0), ("fewest", -1))
    )
    axes.text(1, 1, ends, transform=axes.transAxes, ha="right", va="top", fontsize=8.5, linespacing=1.5)
    axes.set_xlabel("classes, the most frequent first")
    axes.set_title("Rows a class")


def _lengths(axes: Axes, view: View) -> None:
    import seaborn as sns

    axes.set_title("Words a text")
    lengths = words_of(_part(view))
    if not len(lengths):
        drawing.bare(axes, "left", "bottom")
        return
    wide = lengths.max() > 20 * max(np.median(lengths), 1)
    bins = min(30, max(int(lengths.max() - lengths.min()), 1)) if not wide else 30
    sns.histplot(x=lengths, bins=bins, log_scale=wide, color=drawing.COOL, alpha=0.8, edgecolor="none", ax=axes)
    axes.set_xlabel("words")
    axes.set_ylabel("")


def words_of(data: Dataset | None) -> Ints:
    """(rows,): words of each text of a part, of at most SAMPLE rows evenly spread."""
    if data is None or not len(data):
        return np.empty(0, np.int64)
    at = sets.unique(np.linspace(0, len(data) - 1, SAMPLE).astype(np.int64))
    taken = data.rows.take(at)
    kinds = data.task.columns
    columns = [taken[name].to_pylist() for name, kind in kinds.items() if kind in ("text", "words")]
    found = [
        sum(len(cell if isinstance(cell, list) else str(cell).split()) for cell in row)
        for row in zip(*columns, strict=True)
    ]
    return np.maximum(np.asarray(found, np.int64), 1)


def _part(view: View) -> Dataset | None:
    try:
        data: Dataset = view.ladder.part("fit")
    except (NaeumError, OSError):
        return view.tune
    return data


def _short(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1] + "…"
