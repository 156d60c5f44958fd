"""What was not tried, and why?"""

from __future__ import annotations

from naeum.report import words
from naeum.report.markup import join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def untried(view: View) -> Section | None:
    """Every technique that made no rung, with its reason."""
    left = view.ladder.untried
    if not left:
        return None
    lines = [(tag("code", one["technique"]), words.title(one["technique"], view.titles), one["reason"]) for one in left]
    how = tag("code", f"naeum why {view.ladder.folder} TECHNIQUE")
    body = join(tag("p", "The same in the shell: ", how), table(("name", "technique", "why not"), lines))
    return Section("untried", "What was not tried", "Not tried", body)
