"""Do numbers in memory say of their column what SQL says?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.explore import columns, held
from naeum.explore.columns.numbers import QUANTILES
from naeum.explore.facts import facts
from naeum.explore.loading import WIDE, opened
from naeum.explore.subject import subject_of

RNG = np.random.default_rng(0)


def test_a_wide_table_says_of_a_column_what_a_narrow_one_says():
    values = {
        "a": [*RNG.normal(size=98).round(3), 50.0, float("inf")],
        "b": [None, 0, *range(98)],
        "c": [float("nan")] * 100,
    }
    narrow = opened(pa.table(values))
    wide = opened(pa.table({**values, **{f"x{n}": [1.0] * 100 for n in range(WIDE)}}))
    assert narrow.held is None and wide.held is not None
    for name in values:
        one, other = ({**facts(table)[name]} for table in (narrow, wide))
        assert (one.pop("infinite") or 0) == other.pop("infinite") and one == other
    found = [columns.look(subject_of(table))["columns"] for table in (narrow, wide)]
    for name in ("a", "b"):
        one, other = (each[name] for each in found)
        assert {**other, "quantiles": None, "skew": None, "mean": None, "deviation": None} == {
            **one, "quantiles": None, "skew": None, "mean": None, "deviation": None}  # fmt: skip
        assert [other[key] for key in ("skew", "mean", "deviation")] == pytest.approx(
            [one[key] for key in ("skew", "mean", "deviation")]
        )
        assert list(other["quantiles"].values()) == pytest.approx(list(one["quantiles"].values()))


def test_without_a_finite_number_there_are_no_moments():
    found = held.moments(np.array([np.inf]), QUANTILES)
    assert found["mean"] is None and set(found["quantiles"].values()) == {None}
    assert held.facts_of(np.array([np.inf])) == {
        "exact": True, "count": 1, "distinct": 1, "infinite": 1, "least": None, "most": None, "whole": False,
    }  # fmt: skip


def test_rows_of_a_wide_table_are_taken_from_memory():
    wide = opened(pa.table({f"x{n}": list(range(30)) for n in range(WIDE + 1)}))
    assert wide.take([5, 2, 5], ["x7"]).column("x7").to_pylist() == [2, 5]
    assert wide.one(f'SELECT max("naeum row"), sum(x3) FROM {wide.narrow(["x3"])}') == (29, 435)


def test_a_table_that_is_not_held_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="is not held in memory"):
        held.values_in(opened([{"n": 1}]), "n")
