"""Are classes counted and runs told?"""

from naeum.explore.columns.target import look


def test_classes_runs_and_rows_without_one(plain):
    rows = [{"x": str(n), "label": label} for n, label in enumerate(["2", "2", "1", "", "1", "2"])]
    found = look(plain(rows, "label"))
    assert found["classes"] == [{"class": "2", "rows": 3}, {"class": "1", "rows": 2}]
    assert found["unlabelled"] == 1 and found["runs"] == 3
    assert abs(found["runs_shuffled"] - (1 + 4 * (1 - 0.36 - 0.16))) < 1e-9


def test_a_target_of_numbers_and_none(plain):
    rows = [{"x": str(n), "price": str(n * 1.5)} for n in range(30)]
    assert look(plain(rows, "price"))["kind"] == "number"
    assert look(plain(rows)) is None
