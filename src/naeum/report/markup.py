"""How is HTML written so that no text of a user can become markup?

Everything that goes in is escaped, unless it is `Markup`, which only the functions here make.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence


class Markup(str):
    """Text that is already HTML."""

    __slots__ = ()


Content = str | Markup | None


def escape(text: Content) -> Markup:
    """Text as HTML; control characters, which no page may hold, become a replacement sign.

    Example:
        >>> escape("<b> & 'you'")
        '&lt;b&gt; &amp; &#x27;you&#x27;'
    """
    if isinstance(text, Markup):
        return text
    plain = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text or "")
    plain = plain.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be written
    return Markup(html.escape(plain))


def join(*parts: Content) -> Markup:
    """Parts side by side, each escaped."""
    return Markup("".join(escape(part) for part in parts))


def tag(name: str, *inside: Content, **attributes: str | bool | None) -> Markup:
    """An element. `class_` stands for class; true makes a bare attribute, none and false leave it out.

    Example:
        >>> tag("p", "a < b", class_="small")
        '<p class="small">a &lt; b</p>'
    """
    said = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        label = key.rstrip("_").replace("_", "-")
        said.append(f" {label}" if value is True else f' {label}="{escape(value)}"')
    return Markup(f"<{name}{''.join(said)}>{join(*inside)}</{name}>")


def table(head: Sequence[Content], lines: Iterable[Sequence[Content]], numbers: Sequence[int] = ()) -> Markup:
    """A table that scrolls inside its box where it is too wide; columns `numbers` are set to the right."""

    def cell(name: str, at: int, content: Content) -> Markup:
        return tag(name, content, class_="n" if at in numbers else None)

    top = tag("tr", *(cell("th", at, content) for at, content in enumerate(head)))
    body = [tag("tr", *(cell("td", at, content) for at, content in enumerate(line))) for line in lines]
    return tag("div", tag("table", tag("thead", top), tag("tbody", *body)), class_="wide", tabindex="0")


def figure(svg: str | None, caption: Content, kind: str = "") -> Markup:
    """A figure with its caption; nothing where there is no figure."""
    if svg is None:
        return Markup("")
    return tag("figure", Markup(svg), tag("figcaption", caption), class_=f"figure {kind}".strip())


def folded(summary: Content, *inside: Content, opened: bool = False) -> Markup:
    """What is shown when its summary is touched; no JavaScript."""
    return tag("details", tag("summary", summary), *inside, open=opened)
