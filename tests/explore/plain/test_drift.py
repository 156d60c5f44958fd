"""Is it found that the rows of a table change over its dates?"""

import numpy as np
import pytest

from naeum.errors import NotApplicable
from naeum.explore.plain import drift
from naeum.explore.shift import drift as room


def rows(count, drifting):
    rng = np.random.default_rng(0)
    made = []
    for at in range(count):
        late = drifting and at / count
        made.append({
            "price": f"{rng.normal(10 + 8 * late, 2):.2f}", "city": str(rng.choice(["서울", "부산"])),
            "label": "b" if rng.random() < 0.2 + 0.6 * late else "a",
            "day": f"20{10 + at * 10 // count:02d}-0{1 + at % 9}-15",
        })  # fmt: skip
    return made


def test_columns_and_classes_that_move_are_found(plain):
    subject = plain(rows(900, True), "label")
    found = drift.look(subject)["columns"][0]
    assert found["column"] == "day" and found["rows"] == 900 and len(found["periods"]) == 10
    assert found["auroc"] > 0.8 and found["weights"][0][0] == "price" and found["lengths"] is None
    assert found["labels"]["cramer_v"] > 0.2 and found["labels"]["p"] < 1e-6
    assert room.look(subject)["columns"][0] == found


def test_rows_that_stay_the_same_do_not_drift(plain):
    found = drift.look(plain(rows(900, False), "label"))["columns"][0]
    assert abs(found["auroc"] - 0.5) < 0.1 and found["labels"]["cramer_v"] < 0.2


def test_it_needs_dates(plain):
    with pytest.raises(NotApplicable, match="a column of dates with 300 rows"):
        drift.look(plain(rows(200, False), "label"))
