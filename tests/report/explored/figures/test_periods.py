"""Are the class mix and the lengths drawn period by period?"""

from naeum.report import drawing
from naeum.report.explored.figures.periods import figure

ONE = {"periods": [[0.0, 9e8, 10], [9e8, 1.8e9, 10]], "lengths": [20.0, 30.0],
       "labels": {"classes": ["긍정", "부정"], "shares": [[0.5, 0.6], [0.5, 0.4]]}}  # fmt: skip


def test_shares_above_lengths_below_days_at_the_foot():
    with drawing.style("drift"):
        drawn = figure(ONE)
    above, below = drawn.axes
    assert [line.get_label() for line in above.lines] == ["긍정", "부정"]
    assert below.lines[0].get_ydata().tolist() == [20.0, 30.0]
    assert [text.get_text() for text in below.get_xticklabels()] == ["1970-01-01", "1998-07-09"]


def test_without_labels_there_are_lengths_alone_and_odd_times_stay_numbers():
    with drawing.style("drift"):
        drawn = figure({**ONE, "labels": None, "periods": [[-1e20, 0.0, 5], [1e20, 2e20, 5]]})
    assert len(drawn.axes) == 1 and "G" in drawn.axes[0].get_xticklabels()[1].get_text()
