"""Is the target drawn against every kind of column?"""

from naeum.report.explored.figures import against


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
