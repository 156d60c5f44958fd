"""Does the first screen say how large the data are?"""

from naeum.report.explored.opening import opening


def test_size_and_target(view):
    assert "155 rows" in opening(view) and "target label" in opening(view)
