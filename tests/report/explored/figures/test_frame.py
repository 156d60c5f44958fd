"""Are names and numbers short, and is a figure an SVG?"""

from naeum.report.explored.figures import bars, draw
from naeum.report.explored.figures.frame import compact, short


def test_names_numbers_and_svg():
    assert short("가" * 30).endswith("…") and compact(-12_345.0) == "−12.3k" and compact(2e9) == "2G"
    svg = draw("one", "a < b", bars.figure, ["한글"], [3])
    assert svg.startswith("<svg") and 'aria-label="a &lt; b"' in svg and draw("empty", "x", bars.figure, [], []) is None
