"""Does the spread of a column have its bars and its outliers?"""

from naeum.report.explored.figures import spread

ONE = {
    "histogram": {"low": 0.0, "high": 10.0, "counts": [3, 5, 2], "below": 0, "above": 1}, "whiskers": [0.0, 9.0],
    "quantiles": {"0.25": 2.0, "0.5": 4.0, "0.75": 6.0}, "outlying": [9.5],
}  # fmt: skip


def test_spread_has_bars_and_marked_outliers():
    drawn = spread.figure(ONE)
    assert len(drawn.axes[1].patches) == 3 and [list(line.get_xdata()) for line in drawn.axes[0].lines][-1] == [9.5]
    hidden = spread.figure(ONE, rows=False)
    assert all(9.5 not in list(line.get_xdata()) for line in hidden.axes[0].lines)
    assert spread.figure({"histogram": None}) is None
