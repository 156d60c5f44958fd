"""Are lengths drawn in words and in tokens?"""

from naeum.report.explored.figures.lengths import figure

HISTOGRAM = {"edges": [0.0, 5.0, 10.0, 30.0], "counts": [40.0, 50.0, 10.0]}


def test_one_or_two_panels_with_the_limit(words, shapes):
    assert shapes(figure(HISTOGRAM, None, None))["boxes"] == 3
    assert shapes(figure(HISTOGRAM, HISTOGRAM, 20))["boxes"] == 6
    said = words(figure(HISTOGRAM, HISTOGRAM, 20))
    assert {"Words a text", "Tokens a text", "limit 20"} <= set(said)


def test_a_limit_out_of_reach_is_not_drawn(words):
    assert "limit 512" not in words(figure(HISTOGRAM, HISTOGRAM, 512))
