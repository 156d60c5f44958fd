"""How does a ladder become one HTML file that needs nothing else?"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from naeum.report.markup import Content, Markup, join, tag
from naeum.report.sections import SECTIONS, Section, opening
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
    found = [made(view) for made in SECTIONS]
    sections = [section for section in found if section is not None]
    name = str(view.ladder.summary.get("name") or view.ladder.folder.name)
    template = Template(_asset("page.html"))
    return template.substitute(
        title=join(f"naeum: {name}"),
        style=_asset("style.css"),
        opening=opening(view),
        contents=_contents(sections),
        sections=join(*map(_section, sections)),
        foot=_foot(view),
    )


def _asset(name: str) -> str:
    return files("naeum.report").joinpath("template", name).read_text(encoding="utf-8")


def _contents(sections: list[Section]) -> Markup:
    links = [tag("li", tag("a", section.short, href=f"#{section.anchor}")) for section in sections]
    return tag("nav", tag("ul", *links), aria_label="Contents")


def _section(section: Section) -> Markup:
    return tag("section", tag("h2", section.title), section.body, id=section.anchor)


def _foot(view: View) -> Markup:
    said: list[Content] = ["Made by naeum. Nothing in this file loads from a network."]
    if not view.rows:
        said.append(" Texts of rows were left out (--no-rows); names of columns and classes remain.")
    if not view.ladder.finished:
        said.append(" The run had not come to its end when this was written.")
    return tag("footer", *said)
