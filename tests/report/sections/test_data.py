"""Does the section say how the data were split and what was inferred?"""

import pytest

from naeum.report.sections.data import REGIMES, data
from naeum.report.view import View


def test_parts_and_notes_are_told(korean):
    text = data(View(korean)).body
    assert "10,500" in text and "opened once, at the end" in text
    for note in korean.summary["notes"]:
        assert note.replace("'", "&#x27;") in text


@pytest.mark.parametrize("regime", sorted(REGIMES))
def test_every_regime_has_words(korean, regime):
    korean.summary["regime"] = regime
    assert REGIMES[regime] in data(View(korean)).body


def test_empty_parts_are_left_out(korean):
    assert "rows without a label" not in data(View(korean)).body
