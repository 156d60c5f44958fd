"""Does the part tell of every column, and of wide tables only what is counted at once?"""

from naeum.explore import columns


def test_unfit_values_and_details(looked):
    rows = [
        {"n": "?" if n == 4 else str(n), "d": f"2024-01-{n + 1:02d}", "b": "true" if n % 2 else "false"}
        for n in range(20)
    ]
    found = looked(rows).part("columns")["columns"]
    assert found["n"]["unfit"] == {"count": 1, "distinct": 1, "top": [{"value": "?", "rows": 1}], "rows": [4]}
    assert found["d"]["year"] == {"2024": 20} and found["b"]["top"][0] == {"value": "false", "rows": 10}


def test_of_many_columns_the_first_are_looked_at_one_by_one(plain, monkeypatch):
    monkeypatch.setattr(columns, "DETAILED", 2)
    found = columns.look(plain([{f"c{at}": str(n * at + n) for at in range(5)} for n in range(20)]))
    assert found["detailed"] == 2 and found["known"] == 5
    assert "histogram" in found["columns"]["c1"] and "histogram" not in found["columns"]["c4"]
    assert found["columns"]["c4"]["mean"] == 47.5
