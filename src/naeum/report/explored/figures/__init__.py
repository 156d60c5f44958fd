"""Which figures has the page of a profile? Each file draws one from numbers of the profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from naeum.report.explored.figures.canvas import Canvas


def draw(name: str, label: str, made: Callable[..., Canvas | None], *given: Any, **options: Any) -> str | None:
    """What `made(*given, **options)` draws as SVG for the page; none where it draws nothing.

    Args:
        name: letters and digits that no other figure of the page has.
        label: what a screen reader says.
        made: draws the figure on a canvas.
        given: its arguments.
        options: its settings.
    """
    canvas = made(*given, **options)
    return None if canvas is None else canvas.svg(name, label)
