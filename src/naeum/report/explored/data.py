"""Which rows are these, how were they read, and what is missing or stands there twice?"""

from __future__ import annotations

from typing import Any

from naeum.report import words
from naeum.report.explored.figures import draw, pattern
from naeum.report.explored.view import Seen
from naeum.report.markup import Content, Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

COLUMNS = 40  # with missing values that are listed
BROKEN = 50  # broken lines that are listed


def data(view: Seen) -> Section | None:
    """Missing values with their pattern, duplicates, and how the file was read."""
    missing, equal = view.part("missing"), view.part("duplicates")
    if missing is None and equal is None:
        return None
    body = join(
        _missing(missing) if missing else None,
        _equal(equal, view) if equal else None,
        _read(view),
    )
    return Section("data", "What is missing, and what stands there twice", "Missing and duplicates", body)


def _missing(found: dict[str, Any]) -> Markup:
    if not found["columns"]:
        return tag("p", "No value is missing.")
    ranked = sorted(found["columns"].items(), key=lambda item: -item[1]["missing"])
    lines = [(name, f"{one['missing']:,}", words.percent(one["share"])) for name, one in ranked[:COLUMNS]]
    drawn = draw("pattern", "which columns miss values together", pattern.figure, found["columns"], found["patterns"])
    return tag(
        "div",
        figure(drawn, "Which columns miss values together: each line is a pattern, with its number of rows."),
        tag("div", table(("column", "missing", "share"), lines, (1, 2))),
        class_="beside",
    )


def _equal(found: dict[str, Any], view: Seen) -> Markup:
    whole, without = found["whole"], found.get("without_ids")
    said: list[Content] = [tag("h3", "Rows that stand there more than once")]
    said.append(tag("p", _sentence(whole, view.profile.rows, "in every column")))
    if without:
        said.append(tag("p", _sentence(without, view.profile.rows, f"in all but {', '.join(without['ids'])}")))
    largest = (whole if whole["copies"] else without or whole)["largest"]
    if largest:
        lines = [(f"{one['row']:,}", f"{one['times']:,}") for one in largest]
        said.append(table(("first row (from 0)", "times"), lines, (0, 1)))
    return join(*said)


def _sentence(one: dict[str, Any], rows: int, where: str) -> str:
    share = words.percent(one["copies"] / max(rows, 1))
    return (
        f"{words.count(one['copies'], 'row')} ({share}) {'repeats' if one['copies'] == 1 else 'repeat'} an earlier row"
        f" {where}; {words.count(one['groups'], 'row')} {'has' if one['groups'] == 1 else 'have'} copies."
    )


def _read(view: Seen) -> Markup:
    notes = [tag("li", note) for note in view.profile.notes]
    broken = [tag("li", f"line {line}: {why}") for line, why in view.profile.broken[:BROKEN]]
    return join(
        join(tag("h3", "How it was read"), tag("ul", *notes, class_="notes")) if notes else None,
        folded(f"{words.count(len(view.profile.broken), 'row')} could not be read", tag("ul", *broken, class_="notes"))
        if broken
        else None,
    )
