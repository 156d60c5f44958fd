"""Do the names of classes stand in as many lines as they need?"""

from naeum.report.explored.figures import legend
from naeum.report.explored.figures.canvas import Canvas


def test_names_that_do_not_fit_go_to_the_next_line():
    entries = legend.of_classes(["긍정", "부정", "a name that is long"])
    assert [len(line) for line in legend.lines(entries, 120.0)] == [2, 1]
    assert legend.lines([], 120.0) == []


def test_every_name_has_a_square(shapes, words):
    canvas = Canvas(1.0)
    legend.drawn(canvas, legend.lines(legend.of_classes(["긍정", "부정"]), 400.0), 8.0)
    assert shapes(canvas)["boxes"] == 2
