"""When are the rows from, and does the target move with time?"""

from __future__ import annotations

from naeum.report.explored.figures import draw
from naeum.report.explored.figures import times as drawn_times
from naeum.report.explored.view import Seen
from naeum.report.markup import figure, join, tag
from naeum.report.sections.section import Section


def times(view: Seen) -> Section | None:
    """Rows by year, month and weekday for each date column, with the target below."""
    found = view.part("times")
    if not found:
        return None
    parts = []
    for place, (name, one) in enumerate(found["columns"].items()):
        label = f"rows of {name} by year, month and weekday"
        made = draw(f"times{place}", label, drawn_times.figure, one, found["measures"])
        below = f"; below, the target {view.profile.target}" if found["measures"] else ""
        parts += [tag("h3", name), figure(made, f"Rows by year, month and weekday{below}.", "heat")]
    return Section("times", "When the rows are from", "Dates", join(*parts))
