"""Does every figure draw, small, the same twice, with Hangul, and leave out what it has no numbers for?"""

import logging
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from naeum.report.figures import FIGURES, draw
from naeum.report.view import View

NAMES = [name for name, _ in FIGURES if name != "numbers"]  # that one is for answers that are numbers
MOST_BYTES = 250_000  # of one figure; twelve of them make a page that opens at once


@pytest.fixture
def view(english):
    return View(english)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_a_small_whole_svg(view, name):
    svg = draw(name, view, "what <it> shows")
    assert ET.fromstring(svg).get("role") == "img"
    assert "what &lt;it&gt; shows" in svg
    assert len(svg) < MOST_BYTES


@pytest.mark.parametrize("name", ["ladder", "confusion", "overview"])
def test_the_same_ladder_gives_the_same_bytes(fake, tmp_path, name):
    first, second = (draw(name, View(fake.korean(tmp_path)), "") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_is_missing_in_korean(korean, name, caplog, recwarn):
    with caplog.at_level(logging.WARNING):
        assert draw(name, View(korean), "") is not None
    assert not [one for one in recwarn if "missing from" in str(one.message)]


@pytest.mark.parametrize("name", ["curve", "biasvariance", "reliability", "coverage", "confusion"])
def test_a_figure_without_its_numbers_is_left_out(korean, name, monkeypatch):
    korean.curve = korean.bias_variance = None
    empty = korean.part("tune")
    monkeypatch.setattr(type(korean), "part", lambda self, part: replace(empty, ids=empty.ids[:0]))
    assert draw(name, View(korean), "") is None
