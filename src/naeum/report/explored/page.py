"""How does a profile become one HTML file that needs nothing else?"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from naeum.explore import Profile
from naeum.report.explored.opening import opening
from naeum.report.explored.view import Seen
from naeum.report.markup import Content, Markup, join, tag
from naeum.report.sections.section import Section
from naeum.store import write_atomic


def write(profile: Profile, path: str | Path, *, rows: bool = True) -> Path:
    """Write the page of a profile as one self-contained HTML file, atomically.

    Args:
        profile: what `naeum.explore` gave.
        path: where to.
        rows: false leaves every value of a single row out. Names of columns and classes stay.

    Returns:
        Where the file lies.
    """
    write_atomic(Path(path), page(Seen(profile, rows=rows)))
    return Path(path)


def page(view: Seen) -> str:
    """The whole HTML document."""
    from naeum.report.explored import SECTIONS

    found = [made(view) for made in SECTIONS]
    sections = [section for section in found if section is not None]
    template = Template(_asset("page.html"))
    return template.substitute(
        title=join(f"naeum: {view.profile.name}"),
        style=_asset("style.css") + _asset("explored.css"),
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


def _foot(view: Seen) -> Markup:
    said: list[Content] = ["Made by naeum. Nothing in this file loads from a network."]
    if not view.rows:
        said.append(" Values of rows were left out (--no-rows); names of columns and classes remain.")
    said.append(f" Made in {view.profile.seconds.get('whole', 0.0):.1f} s.")
    return tag("footer", *said)
