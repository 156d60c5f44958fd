"""How does a ladder become one HTML file that needs nothing else?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from naeum.report.document import document
from naeum.report.sections import SECTIONS, opening
from naeum.report.view import View
from naeum.store import write_atomic

NAME = "report.html"


def write(ladder: Any, path: str | Path | None = None, *, rows: bool = True) -> Path:
    """Write the report of a ladder as one self-contained HTML file, atomically.

    Args:
        ladder: a `naeum.improve.Ladder`.
        path: where to; `report.html` in the run folder by default.
        rows: false leaves every text of the user's rows out. Names of columns and classes stay.

    Returns:
        Where the file lies.
    """
    target = Path(path) if path is not None else Path(ladder.folder) / NAME
    write_atomic(target, page(View(ladder, rows=rows)))
    return target


def page(view: View) -> str:
    """The whole HTML document."""
    name = str(view.ladder.summary.get("name") or view.ladder.folder.name)
    foot: list[str] = []
    if not view.rows:
        foot.append("Texts of rows were left out (--no-rows); names of columns and classes remain.")
    if not view.ladder.finished:
        foot.append("The run had not come to its end when this was written.")
    own = (*view.ladder.task.classes, *view.ladder.task.inputs)
    return document(name, opening(view), [made(view) for made in SECTIONS], foot, own=own)
