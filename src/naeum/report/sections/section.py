"""What is a section of the report?"""

from __future__ import annotations

from dataclasses import dataclass

from naeum.report.markup import Markup


@dataclass(frozen=True)
class Section:
    """A headed part of the page. `anchor` is its id, `short` its name in the contents."""

    anchor: str
    title: str
    short: str
    body: Markup
