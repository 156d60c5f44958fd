"""Which base model was taken, and why that one?"""

from __future__ import annotations

from typing import Any

from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def base(view: View) -> Section | None:
    """What was weighed before anything was fitted: models at hand, and what the catalogue knows beside them."""
    weighed = view.ladder.summary.get("weighed") or ()
    if not weighed:
        return None
    lines = [_line(one) for one in weighed]
    head = ("base model", "points", "", "pieces a word", "unknown", "size", "licence", "why")
    body = join(
        tag("p", _said(view)),
        table(head, lines, (1, 3, 4, 5)),
        tag(
            "p",
            "Points are a first guess from language, vocabulary, published results and the kind of answer; what these "
            "rows say of a model, its probe above all, counts more.",
            class_="note",
        ),
    )
    return Section("base", "Which base model, and why", "Base model", body)


def _said(view: View) -> str:
    said = str(view.ladder.summary.get("basis") or "No base model is at hand for these texts.")
    return f"{said[0].upper()}{said[1:]}{'' if said.endswith('.') else '.'}"


def _line(one: dict[str, Any]) -> tuple[Content, ...]:
    suit = one.get("suit") or {}
    where = "at hand" if one["at_hand"] else "to fetch"
    why = "; ".join((*one["reasons"], *([one["breaks"]] if one["breaks"] else [])))
    return (
        tag("code", one["name"]), words.number(one["points"], 2), where, words.number(suit.get("pieces"), 2),
        words.percent(suit["unknown"]) if suit else words.NO_NUMBER, words.size(one["size_mb"]), one["licence"], why,
    )  # fmt: skip
