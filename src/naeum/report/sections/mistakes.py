"""Which rows does the champion get wrong while being most sure?"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Dataset, Ints, Outputs
from naeum.measure.judged import row_errors
from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

MOST = 30  # rows that are shown
LETTERS = 280  # characters of a text that are shown


def mistakes(view: View) -> Section | None:
    """The surest mistakes on tune (of other answers than a class the worst), with rows unless none may be shown."""
    if view.tune is None or view.outputs is None or view.ladder.task.output == "span":
        return None  # answers from passages are shown in them, in a section of their own
    if view.ladder.task.output != "label":
        return _worst(view, view.tune, view.outputs)
    sure = view.outputs.probabilities.max(axis=1)
    wrong = view.judged[view.outputs.codes[view.judged] != view.tune.target[view.judged]]
    order = wrong[np.argsort(-sure[wrong], kind="stable")][:MOST]
    if not len(order):
        return None
    names = view.ladder.task.classes
    lines: list[tuple[Content, ...]] = [
        (
            _row(view, int(at), text),
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


def _worst(view: View, tune: Dataset, outputs: Outputs) -> Section | None:
    """The rows whose answers are furthest from the truth."""
    errors = row_errors(outputs, tune)  # of the labelled rows
    order = np.argsort(-errors, kind="stable")[:MOST]
    order = order[errors[order] > 0]
    if not len(order):
        return None
    at = view.judged[order]
    lines: list[tuple[Content, ...]] = [
        (_row(view, int(row), text), _told(truth), _told(answer))
        for row, text, truth, answer in zip(
            at, view.texts(at), true_answers(tune, at), outputs.take(at).labels, strict=True
        )
    ]
    body = join(
        tag("p", f"The {words.count(len(order), 'row')} of the tune part whose answers are furthest from the truth."),
        table(("row", "true", "answered"), lines),
    )
    return Section("mistakes", "Worst mistakes", "Mistakes", body)


def true_answers(data: Dataset, at: Ints) -> list[Any]:
    """The targets of rows as answers are given: a number, a tuple of labels, a list of tags."""
    found = data.truth.take(at).to_pylist()
    if data.task.output == "number":
        return list(found)
    names = data.task.classes
    return [(tuple if data.task.output == "labels" else list)(names[code] for code in row or ()) for row in found]


def _told(answer: Any) -> str:
    if isinstance(answer, float):
        return words.number(answer)
    if isinstance(answer, tuple):
        return "; ".join(answer) or "none"
    return shorten(" ".join(answer)) if isinstance(answer, list) else str(answer)


def _row(view: View, at: int, text: str) -> Content:
    """A row as a reader knows it: its picture, its text, or its id where none may be shown."""
    if view.tune is None or not view.rows:
        return _id(0 if view.tune is None else int(view.tune.ids[at]))
    picture = view.picture(at)
    return picture if picture is not None else tag("span", shorten(text), class_="text")


def shorten(text: str) -> str:
    """At most LETTERS characters of a text, in one line."""
    line = " ".join(text[: 4 * LETTERS].split())
    return line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"


def _id(row: int) -> Content:
    return tag("code", f"{row:016x}")
