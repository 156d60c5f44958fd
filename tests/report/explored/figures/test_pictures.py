"""Are sides and light drawn as histograms?"""

import pytest

from naeum.report.explored.figures import draw, pictures


def test_bins_of_one_width_stand_on_a_plain_axis_and_growing_ones_on_a_logarithmic(words, shapes):
    even, growing = {"edges": [0.0, 1.0, 2.0], "counts": [3, 5]}, {"edges": [10.0, 100.0, 1000.0], "counts": [1, 2]}
    said = words(pictures.figure([("Brightness", even), ("Width", growing)]))
    assert {"Brightness", "Width", "0.5", "100", "1000"} <= set(said)
    assert shapes(pictures.figure([("Brightness", even)]))["boxes"] == 2


@pytest.mark.parametrize("panels, made", [([], False), ([("Width", {"edges": [5.0, 6.0], "counts": [9]})], True)])
def test_it_is_drawn_where_there_is_something(panels, made):
    assert bool(draw("x", "sides", pictures.figure, panels)) is made
