"""Are columns counted rightly, and given the role a person would give them?"""

import pytest

from naeum.explore import facts as module
from naeum.explore.facts import facts, roles
from naeum.explore.loading import opened

ROWS = [
    {
        "id": f"row-{n:04d}", "row": str(n), "movie_id": str(n % 300), "age": str(20 + n % 40), "flag": str(n % 2),
        "stars": str(n % 5), "city": "서울부산"[n % 2], "same": "x", "empty": "", "day": f"2024-01-{n % 28 + 1:02d}",
        "text": f"이 영화는 정말 재미있었다고 {n}번째로 적습니다", "yes": "true" if n % 3 else "false",
    }
    for n in range(1000)
]  # fmt: skip
ROLES = {
    "id": "id", "row": "id", "movie_id": "category", "age": "number", "flag": "boolean", "stars": "category",
    "city": "category", "same": "constant", "empty": "constant", "day": "date", "text": "text", "yes": "boolean",
}  # fmt: skip


@pytest.mark.parametrize("cells", [5_000_000, 1])
def test_counts_are_exact_where_they_matter_and_roles_are_right(cells, monkeypatch):
    monkeypatch.setattr(module, "EXACT_CELLS", cells)
    table = opened(ROWS)
    found = facts(table)
    assert {name: found[name]["distinct"] for name in ("id", "age", "empty", "same")} == {
        "id": 1000, "age": 40, "empty": 0, "same": 1,
    }  # fmt: skip
    assert roles(table, found) == ROLES


def test_a_target_of_codes_is_a_category_and_a_named_text_a_text():
    table = opened(ROWS)
    found = facts(table)
    assert roles(table, found, "flag", ("city",)) == {**ROLES, "flag": "category", "city": "text"}
