"""Which rows stand on two sides of a split?"""

from __future__ import annotations

from naeum.report import words
from naeum.report.explored.view import Seen
from naeum.report.markup import folded, join, table, tag
from naeum.report.sections.section import Section


def leaks(view: Seen) -> Section | None:
    """Rows of a part that also stand, equal or nearly so, in another."""
    found = view.part("leaks")
    if not found:
        return None
    what = found.get("what", "texts")
    lines = [
        (
            f"{one['second']} in {one['first']}",
            f"{one['equal']:,}",
            f"{one['equal_texts']:,}",
            f"{one['near']:,}",
            words.percent(one["near"] / max(one["rows"], 1)),
        )
        for one in found["pairs"]
    ]
    shown = [(one["text"], one["like_text"]) for pair in found["pairs"] for one in pair["shown"]]
    body = join(
        tag("p", "Rows of a validation or test part that were learned from make its score too good. Of a test part only"
                 " the inputs were read."),
        table(("rows of … in …", "equal rows", f"different {what}", "with near copies", "share"), lines, (1, 2, 3, 4)),
        folded("Near copies side by side", table(("row", "like"), shown)) if shown and view.rows else None,
    )  # fmt: skip
    return Section("leaks", "Rows on two sides of a split", "Leaks", body)
