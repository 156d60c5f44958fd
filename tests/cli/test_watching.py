"""Is the watcher the one that suits where stdout goes to?"""

import sys

from naeum.cli.events import Events
from naeum.cli.lines import Lines
from naeum.cli.screen import Screen
from naeum.cli.watching import watching


def test_json_lines_or_a_screen(monkeypatch):
    with watching(True, 5) as watch:
        assert isinstance(watch, Events)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    with watching(False, 5) as watch:
        assert isinstance(watch, Lines)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with watching(False, 5) as watch:
        assert isinstance(watch, Screen)
