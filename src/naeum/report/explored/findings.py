"""What did every check of the data say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.contract import Finding
from naeum.report import words
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, folded, join, tag
from naeum.report.sections.section import Section

STATES = {"finding": "found", "passed": "passed", "not applicable": "not applicable"}
ROWS_NAMED = 20  # numbers or ids of rows that a finding lists


def findings(view: Seen) -> Section | None:
    """The findings, worst first, and the answer of every check."""
    profile = view.profile
    if not profile.answers:
        return None
    found = profile.worst_first
    gaps = [tag("li", f"{part}: {why}") for part, why in profile.gaps.items()]
    every = tag("ul", *map(_answer, profile.answers), class_="checks")
    body = join(
        tag("ul", *(_finding(one) for one in found), class_="findings")
        if found
        else tag("p", "No check found anything."),
        folded(f"All {words.count(len(profile.answers), 'check')}", every),
        folded("What could not be looked at", tag("ul", *gaps, class_="notes")) if gaps else None,
    )  # fmt: skip
    return Section("findings", "What is wrong, and what to know", "Findings", body)


def _finding(one: Finding) -> Markup:
    answers = ", ".join(name.replace("_", " ") for name in one.answers)
    rows = ", ".join(str(row) for row in one.rows[:ROWS_NAMED])
    more = f" and {len(one.rows) - ROWS_NAMED} more" if len(one.rows) > ROWS_NAMED else ""
    return tag(
        "li",
        tag("p", tag("span", one.code, class_="code"), " ", tag("strong", one.title), " ",
            tag("span", one.severity, class_=f"badge {one.severity}")),
        tag("p", one.seen),
        tag("p", f"May answer it: {answers}.", class_="facts") if answers else None,
        folded("Rows", tag("p", f"{rows}{more}", class_="changed")) if rows else None,
    )  # fmt: skip


def _answer(one: Mapping[str, Any]) -> Markup:
    state = str(one["state"])
    return tag(
        "li",
        tag("span", one["code"], class_="code"), " ", tag("strong", one["title"]), " ",
        tag("span", STATES.get(state, state), class_=f"badge {state.replace(' ', '-')}"),
        tag("span", str(one.get("seen") or ""), class_="seen"),
    )  # fmt: skip
