"""Which classes does the champion take for which?"""

from __future__ import annotations

import numpy as np

from naeum.report import figures, words
from naeum.report.figures.confusion import MOST, pairs
from naeum.report.markup import Content, Markup, figure, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

PAIRS = 15  # confusions that are listed
WEAK = 10  # classes that are listed


def confusion(view: View) -> Section | None:
    """The heat map, the most frequent confusions and the weakest classes."""
    if view.ladder.task.output != "label":
        return None
    drawn = figures.draw("confusion", view, "true classes against answered classes")
    if drawn is None:
        return None
    classes = len(view.ladder.task.classes)
    which = f"the {MOST} of {classes} classes that are confused most" if classes > MOST else "all classes"
    body = join(
        tag("p", f"Counted on the {words.count(len(view.judged), 'row')} of the tune part. The map shows {which}."),
        tag("div",
            figure(drawn, "Rows are the true classes. Green was answered rightly, orange wrongly."),
            tag("div", _pairs(view), _weak(view) if classes > 2 else None),
            class_="two"),
    )  # fmt: skip
    return Section("confusion", "What it confuses", "Confusion", body)


def _pairs(view: View) -> Markup:
    names, counts = view.ladder.task.classes, view.confusion
    rows = np.maximum(counts.sum(axis=1), 1)
    lines: list[tuple[Content, ...]] = [
        (names[true], names[answered], str(often), words.percent(often / rows[true], 0))
        for true, answered, often in pairs(counts, PAIRS)
    ]
    if not lines:
        return tag("p", "Not one row of the tune part was answered wrongly.")
    head = ("true", "answered", "rows", "of the class")
    return join(tag("h3", "Most frequent mistakes"), table(head, lines, (2, 3)))


def _weak(view: View) -> Markup:
    """Classes with the lowest F1 among those that occur."""
    counts = view.confusion
    right, true, answered = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    f1 = np.where(true + answered > 0, 2 * right / np.maximum(true + answered, 1), np.inf)
    order = [int(code) for code in np.argsort(f1, kind="stable")[:WEAK] if np.isfinite(f1[code])]
    lines: list[tuple[Content, ...]] = [
        (
            view.ladder.task.classes[code],
            words.number(float(f1[code]), 2),
            words.number(right[code] / answered[code], 2) if answered[code] else words.NO_NUMBER,
            words.number(right[code] / true[code], 2) if true[code] else words.NO_NUMBER,
            f"{true[code]:,}",
        )
        for code in order
    ]
    return join(
        tag("h3", "Weakest classes"), table(("class", "F1", "precision", "recall", "rows"), lines, (1, 2, 3, 4))
    )
