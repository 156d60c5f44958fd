"""How is a figure of a profile framed, and how do long names fit beside it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naeum.report import drawing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = 18  # characters of a column, class or value beside an axis
CLASSES = (drawing.ACCENT, drawing.WARM, drawing.COOL, drawing.MUTED, "#8a4f9e", "#7a7a2a")  # of up to six classes


def blank(height: float, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """A new figure with a grid of axes; `height` in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.WIDTH, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **options)


def short(name: str, most: int = NAME) -> str:
    """A name that fits.

    Example:
        >>> short("a very long name of a column")
        'a very long name …'
    """
    return name if len(name) <= most else name[: most - 1] + "…"


def compact(value: float) -> str:
    """A number in few signs.

    Example:
        >>> compact(1234567.0), compact(0.25), compact(-3.0)
        ('1.23M', '0.25', '−3')
    """
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= size:
            scale = 1e3 if sign == "k" else size
            return f"{value / scale:.3g}{sign}".replace("-", "−")
    return f"{value:.4g}".replace("-", "−")
