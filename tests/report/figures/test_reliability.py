"""Are both lines, before and after calibration, measured on the same rows?"""

import numpy as np

from naeum.measure.calibration import reliability as measured
from naeum.report import drawing
from naeum.report.figures import reliability
from naeum.report.view import View


def test_before_and_after_are_shown_with_their_errors(korean):
    view = View(korean)
    with drawing.style("reliability"):
        axes = reliability.figure(view).axes[0]
    said = [text.get_text() for text in axes.get_legend().get_texts()]
    before = 100 * measured(view.uncalibrated, view.tune).error
    assert said[0] == f"before calibration: off by {before:.1f} %"
    assert said[1].startswith("after calibration")


def test_a_champion_that_calibrates_nothing_has_one_line(korean):
    korean.champion_rung = korean.rungs[9]
    view = View(korean)
    with drawing.style("reliability"):
        axes = reliability.figure(view).axes[0]
    assert len(axes.get_legend().get_texts()) == 1
    points = np.asarray(axes.collections[0].get_offsets())
    assert np.allclose(points[:, 1], measured(view.outputs, view.tune).accuracy)
