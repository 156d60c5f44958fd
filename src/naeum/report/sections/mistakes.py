"""Which rows does the champion get wrong while being most sure?"""

from __future__ import annotations

import numpy as np

from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

MOST = 30  # rows that are shown
LETTERS = 280  # characters of a text that are shown


def mistakes(view: View) -> Section | None:
    """The surest mistakes on tune, with their texts unless none may be shown."""
    if view.tune is None or view.outputs is None:
        return None
    sure = view.outputs.probabilities.max(axis=1)
    wrong = view.judged[view.outputs.codes[view.judged] != view.tune.target[view.judged]]
    order = wrong[np.argsort(-sure[wrong], kind="stable")][:MOST]
    if not len(order):
        return None
    names = view.ladder.task.classes
    lines: list[tuple[Content, ...]] = [
        (
            tag("span", shorten(text), class_="text") if view.rows else _id(int(view.tune.ids[at])),
            names[view.tune.target[at]],
            names[view.outputs.codes[at]],
            words.number(float(sure[at]), 2),
        )
        for at, text in zip(order, view.texts(order), strict=True)
    ]
    body = join(
        tag("p", f"The {words.count(len(order), 'row')} of the tune part answered wrongly with the highest "
            f"confidence, of {words.count(len(wrong), 'mistake')}. Some of them are wrong labels."),
        table(("text" if view.rows else "row", "true", "answered", "confidence"), lines, (3,)),
    )  # fmt: skip
    return Section("mistakes", "Worst mistakes", "Mistakes", body)


def shorten(text: str) -> str:
    """At most LETTERS characters of a text, in one line."""
    line = " ".join(text[: 4 * LETTERS].split())
    return line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"


def _id(row: int) -> Content:
    return tag("code", f"{row:016x}")
