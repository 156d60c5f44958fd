"""Are lengths drawn in words and in tokens?"""

from naeum.report import drawing
from naeum.report.explored.figures.lengths import figure

HISTOGRAM = {"edges": [0.0, 5.0, 10.0, 30.0], "counts": [40.0, 50.0, 10.0]}


def test_one_or_two_panels_with_the_limit():
    with drawing.style("lengths"):
        assert len(figure(HISTOGRAM, None, None).axes) == 1
        two = figure(HISTOGRAM, HISTOGRAM, 20)
    assert len(two.axes) == 2 and [text.get_text() for text in two.axes[1].texts] == ["limit 20"]
    assert sum(bar.get_height() for bar in two.axes[0].patches) == 100


def test_a_limit_out_of_reach_is_not_drawn():
    with drawing.style("lengths"):
        assert not figure(HISTOGRAM, HISTOGRAM, 512).axes[1].texts
