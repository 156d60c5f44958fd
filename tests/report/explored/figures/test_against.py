"""Is the target drawn against every kind of column?"""

from naeum.report.explored.figures import against

BOXES = {"kind": "boxes", "column": "x", "groups": ["가"], "boxes": [[0, 1, 2, 3, 4]]}
SHARES = {
    "kind": "shares",
    "column": "x",
    "groups": ["a", "b"],
    "classes": ["가", "나"],
    "shares": [[1, 0], [0.5, 0.5]],
}
POINTS = {"kind": "points", "column": "x", "x": [1.0, 2.0], "y": [1.0, 3.0]}


def test_boxes_stand_beside_their_group(words, shapes):
    assert "가" in words(against.figure(BOXES)) and shapes(against.figure(BOXES))["boxes"] == 1
    assert against.figure({**BOXES, "boxes": []}) is None


def test_shares_have_a_piece_a_class_and_a_legend(words, shapes):
    said = words(against.figure(SHARES))
    assert said[:2] == ["가", "나"] and {"a", "b", "0 %", "100 %"} <= set(said)
    assert shapes(against.figure(SHARES))["boxes"] == 4 + 2  # and a square each in the legend


def test_points_are_drawn_where_rows_may_be_shown(shapes):
    assert shapes(against.figure(POINTS))["dots"] == 2 and against.figure(POINTS, rows=False) is None
