"""Does the curve show what was measured and what is expected?"""

import pytest

from naeum.report import drawing
from naeum.report.figures import curve
from naeum.report.view import View


def test_twice_the_data_is_marked(korean):
    with drawing.style("curve"):
        axes = curve.figure(View(korean)).axes[0]
    assert "21,000" in [label.get_text() for label in axes.get_xticklabels()]
    marked = [tuple(line.get_xydata()[0]) for line in axes.lines if line.get_marker() == "D"]
    assert marked == [pytest.approx((21000, korean.curve["at_double"]))]


def test_without_a_law_the_points_are_left(korean):
    for name in ("asymptote", "a", "b", "c", "at_double"):
        korean.curve[name] = None
    with drawing.style("curve"):
        axes = curve.figure(View(korean)).axes[0]
    assert not [line for line in axes.lines if line.get_marker() == "D"]
    assert [line for line in axes.lines if len(line.get_xdata()) == len(korean.curve["sizes"])]


def test_the_law_goes_through_the_measured_errors(korean):
    with drawing.style("curve"):
        axes = curve.figure(View(korean)).axes[0]
    law = next(line for line in axes.lines if len(line.get_xdata()) > 30)
    assert law.get_ydata()[0] == pytest.approx(korean.curve["errors"][0])
