"""Are rows of cells laid out as columns, and further columns given on behind them?"""

from __future__ import annotations

import numpy as np

from naeum.compress.reading.tables import Derived, columned


def test_rows_become_columns():
    found = columned([[1.0, "서울"], [float("nan"), None]], ["나이", "town"])
    np.testing.assert_array_equal(found.numbers("나이"), [1.0, np.nan])
    assert found.texts("town") == ["서울", ""] and found.distinct("town")[1].tolist() == [0, -1]


def test_made_columns_stand_behind_the_given_ones(tmp_path):
    np.savez(tmp_path / "a.npz", **{"0": np.array([1.0])})
    node = {"columns": {"나이": "number", "b": "number"}, "file": "a.npz", "learned": ["나이/logs"], "words": {}}
    given = []
    Derived(tmp_path, {**node, "add": ["logs", "pairs"]}, given.extend)([[0.0, 2.0]])
    assert given == [[0.0, 2.0, 0.0, 0.0, -2.0]]
    given.clear()
    Derived(tmp_path, {**node, "learned": [], "add": []}, given.extend)([[0.0, 2.0]])
    assert given == [[0.0, 2.0]]
