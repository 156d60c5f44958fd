"""Do numbers lie where their scale puts them, with round numbers along the sides?"""

import pytest

from naeum.report import drawing
from naeum.report.explored.figures.canvas import Canvas
from naeum.report.explored.figures.panel import Panel, margin, ticks, widest


@pytest.mark.parametrize(
    "low, high, most, found",
    [(0.0, 1.0, 4, [0.0, 0.25, 0.5, 0.75, 1.0]), (-3.0, 7.5, 5, [-2.5, 0.0, 2.5, 5.0, 7.5]), (2.0, 2.0, 3, [2.0])],
)
def test_ticks_are_round_and_inside(low, high, most, found):
    assert ticks(low, high, most) == pytest.approx(found)


def test_empty_bars_are_not_drawn(shapes):
    canvas = Canvas(1.0)
    Panel(canvas, (10, 0, 110, 50), (0.0, 2.0), (0.0, 4.0)).bars([0, 1], [1, 2], [0, 3], drawing.COOL)
    assert shapes(canvas)["boxes"] == 1


def test_numbers_stand_along_both_sides(words):
    canvas = Canvas(1.0)
    panel = Panel(canvas, (30, 0, 130, 50), (0.0, 20_000.0), (0.0, 4.0))
    panel.numbers_across(2)
    panel.numbers_down(2)
    assert words(canvas) == ["0", "10k", "20k", "0", "2", "4"]


def test_a_range_of_no_width_is_borne():
    assert Panel(Canvas(1.0), (0, 0, 10, 10), (3.0, 3.0), (0.0, 1.0)).across(3.0) == 0.0


def test_margins_hold_the_longest_name():
    assert widest(["가나다", "a"], 10.0) > 30.0 and widest([]) < 10.0 and margin(0.0, 1e6) > 20.0
