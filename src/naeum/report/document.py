"""How do an opening, sections and a foot become one HTML document that needs nothing else?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.resources import files
from string import Template

from naeum.report.markup import Content, Markup, join, tag
from naeum.report.sections.section import Section
from naeum.report.spoken import in_tongue

STYLE = "style.css"  # of every page
ALONE = "Made by naeum. Nothing in this file loads from a network."


def document(
    name: str,
    opening: Content,
    sections: Sequence[Section | None],
    foot: Sequence[Content],
    styles: Sequence[str] = (),
    own: Collection[str] = (),
) -> str:
    """The whole HTML document.

    Args:
        name: of what it is about.
        opening: what stands before the contents.
        sections: in their order; those that are none have nothing to say.
        foot: sentences after the one that it stands alone.
        own: names of the user's, which are not translated.
        styles: files of the template folder beside the one of every page.

    Example:
        >>> "naeum: 리뷰" in document("리뷰", "", [], [])
        True
    """
    there = [section for section in sections if section is not None]
    page = Template(_asset("page.html")).substitute(
        title=join(f"naeum: {name}"),
        style="".join(map(_asset, (STYLE, *styles))),
        opening=opening,
        contents=_contents(there),
        sections=join(*map(_section, there)),
        foot=tag("footer", ALONE, *(join(" ", said) for said in foot)),
    )
    return in_tongue(page, {name, *own})


def _asset(name: str) -> str:
    return files("naeum.report").joinpath("template", name).read_text(encoding="utf-8")


def _contents(sections: Sequence[Section]) -> Markup:
    links = [tag("li", tag("a", section.short, href=f"#{section.anchor}")) for section in sections]
    return tag("nav", tag("ul", *links), aria_label="Contents")


def _section(section: Section) -> Markup:
    return tag("section", tag("h2", section.title), section.body, id=section.anchor)
