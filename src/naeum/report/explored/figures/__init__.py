"""Which figures has the page of a profile? Each file draws one from numbers of the profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from naeum.report import drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(name: str, label: str, made: Callable[..., Figure | None], *given: Any, **options: Any) -> str | None:
    """What `made(*given, **options)` draws as SVG for the page; none where it draws nothing.

    Args:
        name: letters and digits that no other figure of the page has.
        label: what a screen reader says.
        made: draws the figure.
        given: its arguments.
        options: its settings.
    """
    with drawing.style(name):
        figure = made(*given, **options)
    return None if figure is None else drawing.svg(figure, name, label)
