"""Are rows found that are equal in all but the target?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.labels import conflicts as room
from naeum.explore.plain import conflicts

ROWS = [{"id": f"a{n}", "age": f"{n * 1.7:.1f}", "city": "서울부산"[n % 2], "label": "ab"[n % 2]} for n in range(60)]
MIXED = [*ROWS, *({"id": f"b{n}", "age": "7", "city": "산", "label": label} for n, label in enumerate("aab"))]


def test_rows_equal_but_for_ids_and_target_are_found(plain):
    found = conflicts.look(plain(MIXED, "label"))
    assert (found["equal"]["inputs"], found["equal"]["rows"], found["equal"]["lost"]) == (1, 3, 1)
    assert found["equal"]["named"] == [60, 61, 62] and found["rows"] == 63 and found["what"] == "rows"
    assert found["equal"]["shown"][2] == {"row": 62, "label": "b", "text": "age 7.0, city 산"}
    assert room.look(plain(MIXED, "label")) == found


def test_copies_with_one_label_and_rows_without_one_are_no_conflict(plain):
    rows = [
        *ROWS,
        *({"id": f"c{n}", "age": "7", "city": "산", "label": label} for n, label in enumerate(["a", "a", ""])),
    ]
    found = conflicts.look(plain(rows, "label"))
    assert found["equal"]["inputs"] == 0 and found["equal"]["named"] == [] and found["rows"] == 62


def test_missing_cells_are_equal_to_each_other(plain):
    rows = [
        *ROWS,
        {"id": "d1", "age": "", "city": "산", "label": "a"},
        {"id": "d2", "age": "", "city": "산", "label": "b"},
    ]
    assert conflicts.look(plain(rows, "label"))["equal"]["shown"][0]["text"] == "age -, city 산"


def test_a_giveaway_hides_no_conflict(looked):
    rows = [
        {"age": str(n % 150), "told": f"it is {'ab'[n // 150]}", "label": "ab"[n // 150]} for n in range(300)
    ]  # every age once with each label
    found = conflicts.look(looked(rows, "label"))
    assert found["left_out"] == ["told"] and found["equal"]["inputs"] == 150 and found["equal"]["share"] == 0.5


def test_it_needs_a_target_of_classes(plain):
    with pytest.raises(NotApplicable, match="a target of classes"):
        conflicts.look(plain([{"n": "1"}, {"n": "2"}]))
