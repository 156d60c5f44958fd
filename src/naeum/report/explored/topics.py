"""What are the texts about, which words tell the classes, and how do the rows lie to each other?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import atlas, draw
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

OPENED = 12  # classes whose words are shown at once; the others are folded


def topics(view: Seen) -> Section | None:
    """Telling words a class, topics, and the map of the rows."""
    telling, found = view.part("telling"), view.part("topics")
    if not telling and not found:
        return None
    body = join(_telling(telling), _topics(found, view.rows), _map(found))
    return Section("topics", "What the texts are about", "Topics", body)


def _telling(found: Mapping[str, Any] | None) -> Markup | None:
    if not found:
        return None
    lines = [(one["class"], ", ".join(each["word"] for each in one["words"])) for one in found["classes"]]
    head = ("class", "words that tell it from the others")
    how = f"By {found['how']}, log-odds with an informative prior (Monroe et al. 2008), on {found['rows']:,} rows."
    return join(
        tag("h3", "Telling words"),
        tag("p", how),
        table(head, lines[:OPENED]),
        folded(f"{words.count(len(lines) - OPENED, 'more class', 'more classes')}", table(head, lines[OPENED:]))
        if len(lines) > OPENED
        else None,
    )


def _topics(found: Mapping[str, Any] | None, rows: bool) -> Markup | None:
    if not found:
        return None
    whole = found["rows"]
    lines = [
        (
            ", ".join(one["words"]) or words.NO_NUMBER,
            words.percent(one["rows"] / whole),
            ", ".join(f"{name}: {count:,}" for name, count in one["labels"]),
            one["examples"][0] if rows and one["examples"] else "",
        )
        for one in found["topics"]
    ]
    said = (
        f"{len(lines)} clusters of {whole:,} texts by {found['by']} (silhouette {words.number(found['silhouette'], 2)}:"
        f" {_parted(found['silhouette'])}), named by their telling words."
    )
    return join(
        tag("h3", "Topics"),
        tag("p", said),
        table(("telling words", "texts", "labels", "typical text" if rows else ""), lines, (1,)),
    )


def _map(found: Mapping[str, Any] | None) -> Markup | None:
    if not found:
        return None
    drawn = [
        (draw(f"map{name}", f"map of the rows by {name}", atlas.figure, found["map"], name), caption)
        for name, caption in (
            ("label", "coloured by label"), ("topic", "by topic"), ("length", "by length"),
            ("error", "by error: rows that a model which had not seen them answers otherwise than they are labelled"),
        )
    ]  # fmt: skip
    shown = [figure(svg, f"The rows, {caption}.") for svg, caption in drawn if svg is not None]
    said = (
        "Near rows are alike; far distances and the sizes of groups mean nothing (t-SNE, van der Maaten & Hinton 2008)."
    )
    return join(tag("h3", "Map of the rows"), tag("p", said), tag("div", *shown, class_="two"))


def _parted(silhouette: float) -> str:
    if silhouette >= 0.5:
        return "clearly parted"
    return "somewhat parted" if silhouette >= 0.25 else "hardly parted, topics run into each other"
