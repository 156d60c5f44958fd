"""Is the growth of the vocabulary drawn?"""

from naeum.report.explored.figures.growth import figure


def test_the_curve_and_what_lies_below_it(words, shapes):
    curve = [[100, 60], [300, 140], [500, 200]]
    assert {"words read", "different words"} <= set(words(figure(curve)))
    seen = shapes(figure(curve))
    assert seen["lines"] > 1 and figure([[100, 60], [300, 140]]) is None
