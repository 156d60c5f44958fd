"""Which colour stands for what: names with a square each, in as many lines as they need?"""

from __future__ import annotations

from collections.abc import Sequence

from naeum.report.explored.figures.canvas import Canvas, breadth
from naeum.report.explored.figures.frame import CLASSES, short

PITCH = 14.0  # points from line to line
SIZE = 8.5  # points: the font
SIDE, GAP, BETWEEN = 8.0, 4.0, 14.0  # points: of a square, from it to its name, from a name to the next square

Entry = tuple[str, str, float]  # name, colour, opacity
Line = list[tuple[float, Entry]]  # points from the left, and what stands there


def of_classes(names: Sequence[str], alpha: float = 0.8) -> list[Entry]:
    """The entries of classes in their order, as every figure colours them.

    Example:
        >>> [name for name, *_ in of_classes(["긍정", "부정"])]
        ['긍정', '부정']
    """
    return [(short(name), CLASSES[number % len(CLASSES)], alpha) for number, name in enumerate(names)]


def lines(entries: Sequence[Entry], width: float) -> list[Line]:
    """Where each entry stands, in lines of at most `width` points."""
    found: list[Line] = []
    x = width
    for entry in entries:
        wide = SIDE + GAP + breadth(entry[0], SIZE)
        if x + wide > width:
            found, x = [*found, []], 0.0
        found[-1].append((x, entry))
        x += wide + BETWEEN
    return found


def drawn(canvas: Canvas, found: Sequence[Line], top: float, left: float = 0.0) -> None:
    """Draw the lines, the middle of the first at `top`."""
    for at, line in enumerate(found):
        y = top + PITCH * at
        for x, (name, colour, alpha) in line:
            start = left + x
            canvas.boxes([start], [y - SIDE / 2], [start + SIDE], [y + SIDE / 2], colour, alpha)
            canvas.text(start + SIDE + GAP, y, name, size=SIZE)
