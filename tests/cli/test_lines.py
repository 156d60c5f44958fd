"""Is every event one plain line where no terminal is?"""

import pytest

from naeum.cli.lines import Lines
from naeum.report import words


@pytest.fixture(autouse=True)
def _titles(monkeypatch):
    monkeypatch.setattr(words, "titles", dict)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ({"event": "note", "text": "열을 골랐다"}, "note     열을 골랐다"),
        ({"event": "finding", "text": "variance"}, "finding  variance"),
        ({"event": "close", "text": "Opening"}, "closing  Opening"),
        ({"event": "start", "technique": "max_length", "reason": "M05", "seconds": 90},
         "trying   Max length (about 1 min 30 s): M05"),
        ({"event": "start", "technique": "lora", "reason": "M02", "seconds": 0}, "trying   Lora: M02"),
        ({"event": "progress", "step": 1, "steps": 3}, ""),
        ({"event": "later", "text": "of a newer version"}, ""),
    ],
)  # fmt: skip
def test_a_line_an_event(event, line):
    assert Lines().told(event) == line


def test_rungs_are_told_with_what_they_changed(korean):
    watch = Lines()
    told = [watch.told({"event": "rung", "rung": rung}) for rung in korean.rungs]
    assert told[5].startswith("rung  5  Lora: method: full → lora")


def test_the_end_has_no_escape_codes(korean, capsys):
    watch = Lines()
    watch({"event": "rung", "rung": korean.rungs[0]})
    watch.done(korean, None)
    said = capsys.readouterr().out
    assert "\x1b" not in said and "Champion: rung 11" in said and "finished before" not in said
