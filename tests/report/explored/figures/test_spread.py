"""Does the spread of a column have its bars and its outliers?"""

from naeum.report.explored.figures import spread

ONE = {
    "histogram": {"low": 0.0, "high": 10.0, "counts": [3, 0, 2], "below": 0, "above": 1}, "whiskers": [0.0, 9.0],
    "quantiles": {"0.25": 2.0, "0.5": 4.0, "0.75": 6.0}, "outlying": [9.5, 30.0],
}  # fmt: skip


def test_spread_has_bars_and_outliers_on_the_axis(shapes):
    seen = shapes(spread.figure(ONE))
    assert seen["boxes"] == 2 + 1 and seen["dots"] == 1  # two bars that are not empty, the box of the quartiles
    assert shapes(spread.figure(ONE, rows=False))["dots"] == 0
    assert spread.figure({"histogram": None}) is None


def test_the_sides_are_numbered(words):
    assert {"0", "4", "10"} <= set(words(spread.figure(ONE)))
