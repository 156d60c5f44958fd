"""Does each figure of a table draw what it is given, and nothing where there is nothing?"""

import numpy as np

from naeum.report.explored.figures import against, bars, draw, heat, pairs, pattern, spread, times
from naeum.report.explored.figures.frame import compact, short

ONE = {
    "histogram": {"low": 0.0, "high": 10.0, "counts": [3, 5, 2], "below": 0, "above": 1}, "whiskers": [0.0, 9.0],
    "quantiles": {"0.25": 2.0, "0.5": 4.0, "0.75": 6.0}, "outlying": [9.5],
}  # fmt: skip


def test_spread_has_bars_and_marked_outliers():
    drawn = spread.figure(ONE)
    assert len(drawn.axes[1].patches) == 3 and [list(line.get_xdata()) for line in drawn.axes[0].lines][-1] == [9.5]
    hidden = spread.figure(ONE, rows=False)
    assert all(9.5 not in list(line.get_xdata()) for line in hidden.axes[0].lines)
    assert spread.figure({"histogram": None}) is None


def test_bars_stop_at_the_most():
    drawn = bars.figure([f"가{n}" for n in range(20)], list(range(20, 0, -1)))
    assert len(drawn.axes[0].patches) == bars.MOST and bars.figure([], []) is None


def test_heat_writes_numbers_into_few_cells_only():
    few = heat.figure(["a", "b"], [[1.0, -0.9], [-0.9, None]])
    assert [text.get_text() for text in few.axes[0].texts] == ["1.00", "−0.90", "−0.90"]
    many = heat.figure([f"c{n}" for n in range(20)], np.eye(20).tolist())
    assert list(many.axes[0].texts) == [] and heat.figure(["a"], [[None]]) is None


def test_pattern_is_warm_where_values_miss():
    drawn = pattern.figure({"a": {"missing": 3}}, [{"columns": ["a"], "rows": 3}, {"columns": [], "rows": 9}])
    assert len(drawn.axes[0].patches) == 2 and pattern.figure({}, []) is None


def test_against_every_kind():
    boxes = {"kind": "boxes", "column": "x", "groups": ["가"], "boxes": [[0, 1, 2, 3, 4]]}
    shares = {
        "kind": "shares",
        "column": "x",
        "groups": ["a", "b"],
        "classes": ["가", "나"],
        "shares": [[1, 0], [0.5, 0.5]],
    }
    points = {"kind": "points", "column": "x", "x": [1.0, 2.0], "y": [1.0, 3.0]}
    assert against.figure(boxes) and len(against.figure(shares).axes[0].patches) == 4
    assert against.figure(points) and against.figure(points, rows=False) is None
    assert against.figure({**boxes, "boxes": []}) is None


def test_pairs_and_times():
    points = {"columns": {"a": [1.0, None, 3.0], "b": [2.0, 1.0, 0.0]}, "rows": 3, "classes": ["가", "나", "가"]}
    assert sum(axes.get_visible() for axes in pairs.figure(points).axes) == 3
    units = {unit: [{"at": 1, "rows": 3, "가": 0.5}] for unit in ("year", "month", "isodow")}
    assert len(times.figure(units, ["가", "나"]).axes) == 6 and times.figure({"year": []}, []) is None


def test_names_numbers_and_svg():
    assert short("가" * 30).endswith("…") and compact(-12_345.0) == "−12.3k" and compact(2e9) == "2G"
    svg = draw("one", "a < b", bars.figure, ["한글"], [3])
    assert svg.startswith("<svg") and 'aria-label="a &lt; b"' in svg and draw("empty", "x", bars.figure, [], []) is None
