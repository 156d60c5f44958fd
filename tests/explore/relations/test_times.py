"""Does the target move by year, month and weekday as the rows say?"""

ROWS = [{"day": f"20{10 + n % 4}-0{n % 9 + 1}-15", "label": "ab"[n % 4 // 2], "price": str(n * 1.5)} for n in range(72)]


def test_shares_by_year(looked):
    found = looked(ROWS).part("times")
    assert found["columns"]["day"]["year"][0] == {"at": 2010, "rows": 18, "a": 1.0, "b": 0.0}
    assert [row["at"] for row in found["columns"]["day"]["month"]] == list(range(1, 10))


def test_means_and_no_dates(looked):
    assert looked(ROWS, "price").part("times")["measures"] == ["mean of price"]
    assert looked([{"a": str(n)} for n in range(9)]).seen["times"] is None
