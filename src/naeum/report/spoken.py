"""How does a page come to be in the reader's language?

Its texts are translated one by one when the page is done, so nothing that makes a page has to know of languages. Names
of the user's and what is marked with HTML's own `translate="no"` stay as they are, and so do code, styles and figures.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from html.parser import HTMLParser

from naeum import tongue

LEFT = frozenset({"style", "script", "svg", "code", "pre", "samp", "kbd"})
VOID = frozenset({"meta", "img", "br", "link", "input", "hr", "source", "col", "wbr"})
SPOKEN = frozenset({"aria-label", "alt", "title"})  # attributes that are read to people


def in_tongue(page: str, own: Collection[str] = ()) -> str:
    """The page in the language that is spoken now.

    Args:
        page: HTML.
        own: words of the user's (names of classes and columns), which stay even where they look like ours.

    Example:
        >>> in_tongue("<p>kept</p>")
        '<p>kept</p>'
        >>> with tongue.speaking("ko"):
        ...     in_tongue('<html lang="en"><p>kept</p><p translate="no">kept</p></html>')
        '<html lang="ko"><p>유지</p><p translate="no">kept</p></html>'
    """
    if tongue.now() == "en":
        return page
    reader = _Reader(frozenset(own))
    reader.feed(page)
    reader.close()
    return "".join(reader.out)


class _Reader(HTMLParser):
    """Writes down what it reads; texts translated."""

    def __init__(self, own: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.own = own
        self.out: list[str] = []
        self.left: list[str] = []  # open elements from the first that is left alone
        self.text: list[str] = []  # of the present text node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        self.out.append(self._start(tag, attrs))
        if tag not in VOID and (self.left or tag in LEFT or ("translate", "no") in attrs):
            self.left.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        self.out.append(f"</{tag}>")
        if self.left and self.left[-1] == tag:
            self.left.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._flush()
        self.out.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        self._flush()
        self.out.append(f"<!--{data}-->")

    def close(self) -> None:
        super().close()
        self._flush()

    def _start(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        written = self.get_starttag_text() or ""
        if tag == "html":
            return written.replace('lang="en"', f'lang="{tongue.now()}"')
        for name, value in attrs:
            if name in SPOKEN and value and not self.left:
                told = tongue.said(value)
                written = written.replace(f'{name}="{html.escape(value)}"', f'{name}="{html.escape(told)}"')
        return written

    def _flush(self) -> None:
        raw = "".join(self.text)
        self.text.clear()
        plain = html.unescape(raw)
        if self.left or not raw.strip() or plain.strip() in self.own:
            self.out.append(raw)
            return
        told = tongue.said(plain)
        self.out.append(raw if told == plain else html.escape(told))
