"""Do bars stop at the most that fit, each with its name and number?"""

from naeum.report.explored.figures import bars


def test_bars_stop_at_the_most(shapes):
    drawn = bars.figure([f"가{n}" for n in range(20)], list(range(20, 0, -1)))
    assert shapes(drawn)["boxes"] == bars.MOST and bars.figure([], []) is None


def test_each_bar_has_a_name_and_a_number(words):
    assert words(bars.figure(["서울", "부산"], [12_000, 3], "rows")) == ["서울", "12k", "부산", "3", "rows"]
