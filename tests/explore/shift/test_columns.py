"""Are columns that differ told, and only these?"""

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import ks_2samp

from naeum.explore.shift.columns import columns_apart, told_by_all


def table(seed, *, shift=0.0, share=0.5, n=600):
    rng = np.random.default_rng(seed)
    return pa.table({
        "age": rng.normal(40 + shift, 10, n),
        "city": rng.choice(["서울", "부산"], n, p=[share, 1 - share]),
        "price": [str(value) for value in rng.integers(1, 900, n)],
        "note": [f"글 {n} {rng.integers(10**9)}" for n in range(n)],
    })  # fmt: skip


def test_like_tables_do_not_differ():
    found = columns_apart(table(0), table(1))
    assert {one["column"] for one in found} == {"age", "city", "price"}  # notes are text: they always differ
    assert all(one["p_holm"] > 0.01 and one["distance"] < 0.1 for one in found)


def test_a_shifted_number_and_a_shifted_category_come_first():
    found = columns_apart(table(0), table(1, shift=10, share=0.2))
    assert {found[0]["column"], found[1]["column"]} == {"age", "city"} and found[1]["p_holm"] < 1e-6
    by_name = {one["column"]: one for one in found}
    test = ks_2samp(table(0)["age"].to_numpy(), table(1, shift=10, share=0.2)["age"].to_numpy())
    assert by_name["age"]["distance"] == pytest.approx(test.statistic) and by_name["age"]["kind"] == "number"
    assert by_name["city"]["distance"] == pytest.approx(0.3, abs=0.07) and by_name["price"]["kind"] == "number"


def test_missing_values_and_columns_of_one_side_are_borne():
    one = pa.table({"a": pa.array([1.0, None, 3.0]), "b": ["x", "y", "x"]})
    other = pa.table({"a": pa.array([None, None, None], pa.float64()), "c": [1, 2, 3]})
    assert columns_apart(one, other) == []
    assert columns_apart(pa.table({"x": [1]}), pa.table({"y": [1]})) == []


def test_all_columns_together_tell_tables_apart():
    like = told_by_all(table(0), table(1))
    assert like["low"] < 0.55
    found = told_by_all(table(0), table(1, shift=15))
    assert found["auroc"] > 0.75 and found["weights"][0][0] == "age" and len(found["rows"]) == 600
    ages = table(1, shift=15)["age"].to_numpy()
    assert ages[found["rows"][:50]].mean() > ages.mean()
    assert told_by_all(pa.table({"x": [[1]]}), pa.table({"x": [[2]]})) is None
