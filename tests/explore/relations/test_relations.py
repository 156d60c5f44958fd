"""Are matrices, strong pairs and the points of the pair plot there, and of very many columns the telling ones?"""

import numpy as np

from naeum.explore import relations

ROWS = [
    {"a": str(n % 37), "b": str(2 * (n % 37) + 1), "c": "xy"[n % 2], "label": "가나"[n % 37 // 19]} for n in range(185)
]


def test_pairs_and_points(looked):
    found = looked(ROWS, "label").part("relations")
    assert found["strong"][0] == {"columns": ["a", "b"], "measure": "pearson", "value": 1.0}
    assert found["points"]["rows"] == 185 and set(found["points"]["classes"]) == {"가", "나"}
    assert found["words"] == ["c", "label"] and len(found["ratio"]) == 2 and not found["sampled"]


def test_of_many_columns_the_telling_stay(plain, monkeypatch):
    monkeypatch.setattr(relations, "MOST", 2)
    rows = [{**row, "d": str(n * 13 % 29), "e": str(n * 17 % 31)} for n, row in enumerate(ROWS)]
    found = relations.look(plain(rows, "label"))
    assert found["numbers"] == ["a", "b"] and found["left_out"] == 2


def test_one_column_is_no_relation(plain):
    assert relations.look(plain([{"a": str(n)} for n in range(20)])) is None


def test_numbers_that_go_with_a_category_are_strong_pairs_without_what_chance_gives(looked):
    rng = np.random.default_rng(0)
    rows = [
        {"city": ("서울", "부산", "대구")[n % 3], "price": f"{10 * (n % 3) + rng.normal():.3f}",
         "shop": f"shop {rng.integers(40)}", "noise": f"{rng.normal():.3f}"}
        for n in range(120)
    ]  # fmt: skip
    found = looked(rows).seen["relations"]["strong"]
    told = {tuple(one["columns"]): (one["measure"], one["value"]) for one in found}
    assert told["city", "price"][0] == "correlation_ratio" and told["city", "price"][1] > 0.95
    assert ("shop", "noise") not in told and ("shop", "price") not in told
