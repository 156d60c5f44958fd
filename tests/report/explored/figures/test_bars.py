"""Do bars stop at the most that fit?"""

from naeum.report.explored.figures import bars


def test_bars_stop_at_the_most():
    drawn = bars.figure([f"가{n}" for n in range(20)], list(range(20, 0, -1)))
    assert len(drawn.axes[0].patches) == bars.MOST and bars.figure([], []) is None
