"""What does each layer of the base model know of this task?"""

from __future__ import annotations

from naeum.report import figures
from naeum.report.markup import figure, join, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def layers(view: View) -> Section | None:
    """A linear head on each layer, where a probe was fitted."""
    found = view.ladder.layers
    drawn = figures.draw("layers", view, "score of a linear head on each layer") if found else None
    if drawn is None:
        return None
    body = join(
        tag("p", str(found["said"])),
        figure(drawn, f"The vectors of {found['base']}, frozen, layer by layer; measured on tune rows."),
        tag("p", "All layers come from the one pass of the probe; every head has the same penalty.", class_="note"),
    )
    return Section("layers", "What each layer knows", "Layers", body)
