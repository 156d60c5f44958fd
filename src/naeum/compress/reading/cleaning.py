"""How are cells cleaned before a model reads them, as those were that it learned from?

A part of the program `predict.py`, which imports no naeum.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from naeum.compress.reading.cells import maker, missing
from naeum.data.clean.forms import normalised


class Cleaned:
    """Steps over the cells of rows, which another part then answers."""

    def __init__(self, node: dict[str, Any], inner: Any) -> None:
        kinds = list(node["columns"].values())
        names = list(node["columns"])
        self.inner = inner
        self.steps = [(at, step, kinds[at]) for step in node["steps"] for at in [names.index(step["column"])]]

    def __call__(self, rows: list[list[Any]]) -> Any:
        """What the other part says of the cleaned rows."""
        found = [[bare(cell) for cell in row] for row in rows]
        for at, step, kind in self.steps:
            change, again = CHANGES[step["kind"]], maker(kind, step["column"], "")
            for row in found:
                row[at] = again(change(row[at], step, kind), 0)
        return self.inner(found)


def bare(cell: Any) -> Any:
    """A cell without NUL bytes."""
    return cell.replace("\x00", "") if isinstance(cell, str) else cell


def filled(cell: Any, step: dict[str, Any], kind: str) -> Any:
    """A cell, or what stands for a missing one.

    Example:
        >>> filled(float("nan"), {"value": 3.0}, "number"), filled("", {"value": 2.5}, "text")
        (3.0, '2.5')
    """
    if not (missing(cell) or cell == ""):
        return cell
    value = step["value"]
    if kind in ("number", "date"):
        return float(value)
    return value if isinstance(value, str) else f"{value:g}"


def clipped(cell: Any, step: dict[str, Any], kind: str) -> Any:
    """A number within two ends."""
    if kind not in ("number", "date") or missing(cell):
        return cell
    return float(np.clip(cell, step["low"], step["high"]))


def tidy(cell: Any, step: dict[str, Any], kind: str) -> Any:
    """A text in one Unicode form, with single blanks; what is no text stays."""
    return normalised(cell, step["form"], step["lower"]) if isinstance(cell, str) and cell else cell


CHANGES: dict[str, Callable[[Any, dict[str, Any], str], Any]] = {"fill": filled, "clip": clipped, "normalise": tidy}
