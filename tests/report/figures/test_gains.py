"""Is a gain shown with what had been forecast, and a far one at the edge?"""

import pytest

from naeum.report import drawing
from naeum.report.figures import gains
from naeum.report.view import View


@pytest.fixture
def view(english):
    return View(english)


def test_gains_are_none_before_a_second_rung(view):
    view.ladder.rungs = view.ladder.rungs[:1]
    assert gains.figure(view) is None


def test_the_step_from_the_floor_does_not_squeeze_the_others(view):
    with drawing.style("gains"):
        axes = gains.figure(view).axes[0]
    assert axes.get_xlim()[1] < 0.1 < view.ladder.rungs[1].gain
    assert any("+0.918" in text.get_text() for text in axes.texts)


def test_every_forecast_is_a_diamond(view):
    with drawing.style("gains"):
        axes = gains.figure(view).axes[0]
    diamonds = [line for line in axes.lines if line.get_marker() == "D"]
    told = [rung.forecast["gain"] for rung in view.ladder.rungs if rung.forecast]
    assert sorted(line.get_xdata()[0] for line in diamonds) == pytest.approx(sorted(told))
