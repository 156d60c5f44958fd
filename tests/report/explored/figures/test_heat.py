"""Does a heat map write numbers where there is room?"""

import numpy as np

from naeum.report.explored.figures import heat


def test_heat_writes_numbers_into_few_cells_only(words, shapes):
    cells = [[1.0, -0.9], [-0.9, None]]
    assert words(heat.figure(["a", "나"], cells)) == ["a", "나", "a", "나", "1.00", "−0.90", "−0.90"]
    assert shapes(heat.figure(["a", "나"], cells))["boxes"] == 3  # a cell without a number stays empty
    many = words(heat.figure([f"c{n}" for n in range(20)], np.eye(20).tolist()))
    assert many == [f"c{n}" for n in range(20)] * 2 and heat.figure(["a"], [[None]]) is None


def test_against_and_along_are_told_by_colour():
    svg = heat.figure(["a", "b"], [[1.0, -1.0], [-1.0, 1.0]]).svg("h", "map")
    assert "var(--warm)" in svg and "var(--cool)" in svg
    assert "var(--warm)" not in heat.figure(["a", "b"], [[1.0, 0.2], [0.2, 1.0]], signed=False).svg("h", "map")
