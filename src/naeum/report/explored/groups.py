"""What is the target on average in each group?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import draw, heat
from naeum.report.explored.figures.frame import compact, short
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section


def groups(view: Seen) -> Section | None:
    """Group-by tables of the most telling columns, and the pivot of the two most telling."""
    found = view.part("groups")
    if not found:
        return None
    share = found["kind"] == "share"
    of = "Share of the class" if share else "Mean"
    parts = [
        folded(f"By {one['column']}", _table(one, found["measures"], share), opened=place == 0)
        for place, one in enumerate(found["by"])
    ]
    body = join(tag("p", f"{of} in each group, over all rows."), *parts, _pivot(found, share))
    return Section("groups", "Group by group", "Groups", body)


def _table(one: Mapping[str, Any], measures: list[str], share: bool) -> Markup:
    lines = [
        (short(row["group"], 40), f"{row['rows']:,}", *(_value(row[name], share) for name in measures))
        for row in one["groups"]
    ]
    return table((one["column"], "rows", *measures), lines, range(1, 2 + len(measures)))


def _pivot(found: Mapping[str, Any], share: bool) -> Markup | None:
    pivot = found.get("pivot")
    if not pivot or not pivot["rows"]:
        return None
    lines = [
        (short(name, 40), *(_value(value, share) for value in row))
        for name, row in zip(pivot["rows"], pivot["values"], strict=True)
    ]
    one, other = pivot["columns"]
    head = (f"{one} \\ {other}", *(short(name, 20) for name in pivot["across"]))
    drawn = None
    if share:
        label, cells = f"{pivot['measure']} by {one} and {other}", pivot["values"]
        drawn = draw("pivot", label, heat.figure, pivot["rows"], cells, pivot["across"], signed=False)
    said = f"{'Share of ' if share else 'Mean of '}{pivot['measure']} by {one} and {other}."
    return join(tag("h3", f"{one} and {other} together"), figure(drawn, said),
                table(head, lines, range(1, 1 + len(pivot["across"]))))  # fmt: skip


def _value(value: float | None, share: bool) -> str:
    if value is None:
        return words.NO_NUMBER
    return words.percent(value) if share else compact(value)
