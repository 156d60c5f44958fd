"""Are rows that were added, removed and changed told apart, with and without a key?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data.versions import diff
from naeum.errors import InputError


def table(rows):
    return pa.Table.from_pylist(rows)


ROWS = [{"id": str(n), "도시": "서울", "n": n} for n in range(50)]


def counts(found):
    return found.added, found.removed, found.changed


def test_by_a_key_wherever_the_rows_stand():
    after = [dict(row) for row in reversed(ROWS[1:])]
    after[0]["도시"] = "부산"
    found = diff(table(ROWS), table([*after, {"id": "99", "도시": "대구", "n": 1}]))
    assert found.by == "id" and counts(found) == (1, 1, 1) and found.rows == (50, 50)
    assert found.cells == {"도시": 1}
    assert found.examples["changed"][0] == {"row": 1, "cells": {"도시": ["서울", "부산"]}}
    assert found.examples["removed"][0]["cells"]["id"] == "0" and found.examples["added"][0]["row"] == 50


def test_by_content_and_place_without_a_key():
    bare = [{"글": f"문장 {row['n']}", "도시": "서울"} for row in ROWS]
    after = [*bare[:10], {"글": "문장 10", "도시": "부산"}, *bare[11:20], *bare[21:], {"글": "새", "도시": "새"}]
    found = diff(table(bare), table(after))
    assert found.by == "" and counts(found) == (1, 1, 1)
    assert diff(table(bare), table(bare[::-1])).changed == 0
    assert counts(diff(table(bare), table([*bare, bare[0]]))) == (1, 0, 0)


def test_columns_that_came_and_went():
    found = diff(table(ROWS), table([{"id": row["id"], "n": row["n"], "새": 1} for row in ROWS]))
    assert found.columns_added == ("새",) and found.columns_removed == ("도시",) and counts(found) == (0, 0, 0)


def test_a_distribution_that_moved_is_told():
    rng = np.random.default_rng(0)
    before = pa.table({"n": rng.normal(size=500), "c": rng.choice(["a", "b"], 500)})
    after = pa.table({"n": rng.normal(size=500) + 1, "c": rng.choice(["a", "b"], 500)})
    (told,) = [one for one in diff(before, after).distributions if "distribution" in one]
    assert told.startswith("n · distribution: values differ by")
    assert diff(before, before).distributions == ()


def test_the_whole_is_json():
    import json

    assert json.dumps(diff(table(ROWS), table(ROWS[:-1])).to_json(), default=str)


def test_refusals():
    with pytest.raises(InputError, match=r"versions must share a column; these two share none"):
        diff(pa.table({"a": [1]}), pa.table({"b": [1]}))
    with pytest.raises(InputError, match=r"a key must name each row once; 'a' stands twice; name another, or none"):
        diff(pa.table({"a": [1, 1]}), pa.table({"a": [1, 2]}), "a")
    with pytest.raises(InputError, match=r"the key column must be one of the columns of both versions: a; got 'b'"):
        diff(pa.table({"a": [1, 1]}), pa.table({"a": [1, 2]}), "b")
