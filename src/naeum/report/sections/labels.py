"""Which labels look wrong?"""

from __future__ import annotations

from typing import Any

from naeum.report import words
from naeum.report.markup import Content, Markup, join, table, tag
from naeum.report.sections.mistakes import shorten
from naeum.report.sections.section import Section
from naeum.report.view import View

MOST = 50  # rows that are shown


def labels(view: View) -> Section | None:
    """Suspected labels from confident learning, the most suspicious first."""
    suspects = list(view.ladder.suspects)
    if not suspects:
        return None
    lines: list[tuple[Content, ...]] = [
        (
            _row(view, one),
            str(one["label"]),
            str(one["suggested"]),
            words.number(1 - float(one["score"]), 2),
        )
        for one in suspects[:MOST]
    ]  # fmt: skip
    shown = f", the first {MOST} of them here" if len(suspects) > MOST else ""
    head = f"{words.count(len(suspects), 'label')} {'look' if len(suspects) > 1 else 'looks'} wrong{shown}"
    body = join(
        tag("p", f"{head}: models that had not learned from the row are sure of another class (confident learning, "
            "Northcutt et al. 2021). Have a person look before changing them."),
        table(("text" if view.rows else "row", "label", "suggested", "suspicion"), lines, (3,)),
    )  # fmt: skip
    return Section("labels", "Labels that look wrong", "Labels", body)


def _row(view: View, one: dict[str, Any]) -> Markup:
    """The text of a row, or its id where no text may be shown."""
    number = int(one["id"])
    if not view.rows:
        return tag("code", f"{number:016x}")
    return tag("span", shorten(str(one.get("text") or view.ladder.text_of(number))), class_="text")
