"""Is the error among answered rows the measured one?"""

from naeum.measure.calibration import coverage_curve
from naeum.report import drawing, words
from naeum.report.figures import coverage
from naeum.report.view import View


def test_the_end_of_the_line_is_the_whole_error(korean):
    view = View(korean)
    with drawing.style("coverage"):
        axes = coverage.figure(view).axes[0]
    whole = float(coverage_curve(view.outputs, view.tune).error[-1])
    assert words.percent(whole) in [text.get_text() for text in axes.texts]
    assert axes.lines[0].get_ydata()[-1] == whole
