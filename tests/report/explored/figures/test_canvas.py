"""Does a canvas draw what it is told, small, and in colours that the page can turn dark?"""

import numpy as np
import pytest

from naeum import tongue
from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas, breadth


def test_each_kind_of_mark_is_one_path(shapes):
    canvas = Canvas(1.0)
    canvas.boxes([1, 9], [2, 2], [5, 12], [8, 8], drawing.WARM, 0.5)
    canvas.dots([1.0, np.nan, 3.0], [1.0, 2.0, 3.0], 2.0, drawing.COOL)
    canvas.line([0, 5, 9], [3, 1, 2], drawing.INK)
    assert shapes(canvas) == {"boxes": 2, "dots": 2, "lines": 1}


def test_places_are_counted_from_the_upper_left_corner():
    canvas = Canvas(1.0)
    canvas.boxes([10], [20], [30], [40], drawing.ACCENT)
    svg = canvas.svg("c", "a box")
    assert "M 10 20" in svg and "L 30 40" in svg and "var(--accent)" in svg


def test_words_stay_words_in_the_font_of_the_page():
    canvas = Canvas(1.0)
    canvas.text(5, 30, "서울 <b>", align="right")
    svg = canvas.svg("c", '"label"')
    assert "서울 &lt;b&gt;</text>" in svg and "font-family" not in svg and "text-anchor: end" in svg
    assert "&quot;label&quot;" in svg


def test_nothing_is_drawn_of_nothing(shapes):
    canvas = Canvas(1.0)
    canvas.dots([], [], 2.0, drawing.COOL)
    canvas.boxes([], [], [], [], drawing.COOL)
    assert shapes(canvas) == {"boxes": 0, "dots": 0, "lines": 0}


def test_the_same_figure_is_the_same_text():
    def made():
        canvas = Canvas(1.0)
        canvas.text(1, 1, "같은")
        canvas.boxes([0], [0], [1], [1], drawing.SOFT)
        return canvas.svg("c", "same")

    assert made() == made()


@pytest.mark.parametrize("said, wide", [("", 0.0), ("ab", 12.4), ("mm", 19.6), ("서울", 20.0)])
def test_hangul_is_as_wide_as_high(said, wide):
    assert breadth(said, 10.0) == pytest.approx(wide)


def test_words_of_ours_are_in_the_language_that_is_spoken_and_names_stay():
    canvas = Canvas(0.5)
    with tongue.speaking("ko"):
        canvas.say(0, 5, "kept")
        canvas.text(0, 15, "kept")
    drawn = canvas.svg("c", "words")
    assert "유지</text>" in drawn
    assert "kept</text>" in drawn
