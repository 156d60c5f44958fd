"""Which colours have classes, and how do long names and large numbers fit beside a figure?"""

from __future__ import annotations

from naeum.report import drawing

NAME = 18  # characters of a column, class or value beside an axis
CLASSES = (drawing.ACCENT, drawing.WARM, drawing.COOL, drawing.MUTED, "#8a4f9e", "#7a7a2a")  # of up to six classes


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
