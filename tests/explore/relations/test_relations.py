"""Are matrices, strong pairs and the points of the pair plot there, and of very many columns the telling ones?"""

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
