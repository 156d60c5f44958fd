"""Has the pair plot a panel for each pair?"""

from naeum.report.explored.figures import pairs


def test_panels_below_the_diagonal():
    points = {"columns": {"a": [1.0, None, 3.0], "b": [2.0, 1.0, 0.0]}, "rows": 3, "classes": ["가", "나", "가"]}
    assert sum(axes.get_visible() for axes in pairs.figure(points).axes) == 3
