"""Do rows of a table become numbers and classes?"""

import numpy as np
import pytest

from naeum.errors import NotApplicable
from naeum.explore.plain.rows import rows_of

ROWS = [
    {"age": "" if n == 3 else str(n % 50), "city": ("서울", "서울", "부산")[n % 3], "day": f"2024-01-{1 + n % 28:02d}",
     "label": "" if n == 5 else "ab"[n % 2]}
    for n in range(120)
]  # fmt: skip


def test_cells_are_numbers_seconds_and_codes_the_most_frequent_first(plain):
    found = rows_of(plain(ROWS, "label"), 1_000)
    assert found.names == ("age", "city", "day") and found.words.tolist() == [False, True, False]
    assert len(found.dataset) == 119 and found.of == 119 and 5 not in found.row
    assert np.isnan(found.cells[3, 0]) and found.cells[:3, 1].tolist() == [0, 0, 1]
    assert found.cells[1, 2] - found.cells[0, 2] == 86_400
    assert found.dataset.task.classes == ("a", "b") and found.dataset.target[:3].tolist() == [0, 1, 0]
    assert found.texts(np.array([0])) == ["age 0.0, city 서울, day 2024-01-01 00:00:00"]


def test_equal_rows_are_one_group(plain):
    found = rows_of(plain([{"n": str(n % 40), "label": "ab"[n % 2]} for n in range(80)], "label"), 1_000)
    assert found.dataset.group[0] == found.dataset.group[40] and len(set(found.dataset.group.tolist())) == 40


def test_vectors_have_a_column_for_each_value_and_for_what_is_missing(plain):
    found = rows_of(plain(ROWS, "label"), 1_000).vectors()
    assert found.shape == (119, 5)  # age, its gaps, two cities, the day
    assert found[3, 0] == 0 and found[3, 1] == 1 and found[:, 2].sum() + found[:, 3].sum() == 119


def test_a_sample_is_the_same_for_the_same_seed(plain):
    one, other = (rows_of(plain(ROWS, "label", seed=4), 30) for _ in range(2))
    assert len(one.row) == 30 and one.of == 119 and one.row.tolist() == other.row.tolist()


def test_it_needs_two_labelled_rows(plain):
    rows = [{"n": f"{n * 1.7:.1f}", "label": "a" if n == 1 else "b" if n == 2 else ""} for n in range(40)]
    assert len(rows_of(plain(rows, "label"), 10).row) == 2
    with pytest.raises(NotApplicable, match="a target of classes"):
        rows_of(plain([{"n": str(n)} for n in range(40)]), 10)
