"""Who tells how the climb goes: a live screen in a terminal, else plain lines, or JSON for machines?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol


class Watcher(Protocol):
    """Gets every progress event, and at the end the ladder."""

    def __call__(self, event: dict[str, Any]) -> None: ...
    def done(self, ladder: Any, report: Path | None) -> None: ...


@contextmanager
def watching(json: bool, minutes: float | None) -> Iterator[Watcher]:
    """The watcher that suits where stdout goes to."""
    if json:
        from naeum.cli.events import Events

        yield Events()
    elif sys.stdout.isatty():
        from naeum.cli.screen import Screen

        with Screen(minutes) as screen:
            yield screen
    else:
        from naeum.cli.lines import Lines

        yield Lines()
