"""How does a climb read where no terminal is: in a log, through a pipe?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from naeum import tongue
from naeum.cli import telling
from naeum.cli.aloud import padded, tell
from naeum.contract import Rung
from naeum.report import words


class Lines:
    """Writes one plain line an event; progress inside a fit is left out."""

    def __init__(self) -> None:
        self.rungs: list[Rung] = []

    def __call__(self, event: dict[str, Any]) -> None:
        text = self.told(event)
        if text:
            tell(text)

    def told(self, event: dict[str, Any]) -> str:
        """The line of an event; empty where there is nothing to say."""
        kind = event["event"]
        if kind == "rung":
            self.rungs.append(event["rung"])
            return telling.rung_line(event["rung"], self.rungs)
        if kind == "start":
            about = f" (about {words.seconds(event['seconds'])})" if event.get("seconds") else ""
            return f"trying   {telling.title(event['technique'])}{about}: {event['reason']}"
        if kind == "test":
            return telling.tested(event["test"])
        prefix = {"note": "note     ", "finding": "finding  ", "close": "closing  "}.get(kind)
        return f"{prefix}{event['text']}" if prefix else ""

    def done(self, ladder: Any, report: Path | None) -> None:
        """The end of the climb."""
        if not self.rungs:
            tell(telling.nothing_new(ladder))
        print()
        for name, text in telling.ending(ladder, report):
            print(f"{padded(tongue.said(name) + ':', 10)}{tongue.said(text)}")
