"""Is the growth of the vocabulary drawn?"""

from naeum.report import drawing
from naeum.report.explored.figures.growth import figure


def test_the_curve_goes_through_its_points():
    with drawing.style("growth"):
        (line,) = figure([[100, 60], [300, 140], [500, 200]]).axes[0].lines
        assert figure([[100, 60], [300, 140]]) is None
    assert line.get_xydata().tolist() == [[100, 60], [300, 140], [500, 200]]
