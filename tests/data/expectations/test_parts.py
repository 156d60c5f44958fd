"""Is a wide table measured in parts as it would be at once, and one of too many columns refused?"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from naeum.data import expectations
from naeum.data.expectations import parts
from naeum.data.relation import WIDE, related
from naeum.errors import InputError


def frame(columns, rows=120):
    values = np.random.default_rng(0).normal(size=(rows, columns)).round(2)
    made = pd.DataFrame(values, columns=[f"c{n}" for n in range(columns)])
    made["도시"] = np.where(made.c0 > 0, "서울", "부산")
    made["끝"] = made.c1 + 5
    return made


def test_in_parts_and_at_once_the_same_is_learned_and_broken(monkeypatch):
    data = frame(6)
    whole = expectations.learn(data)
    spoiled = data.assign(c2=data.c2 + 10, 도시="대구")
    broken = [result.title for result in whole.check(spoiled).broken]
    monkeypatch.setattr(parts, "WIDE", 1)
    monkeypatch.setattr(parts, "PART", 2)
    monkeypatch.setattr(parts, "MOST_MEASURES", 7)
    assert expectations.learn(data).rules == whole.rules
    assert [result.title for result in whole.check(spoiled).broken] == broken and broken
    assert whole.check(data).holds


def test_what_was_laid_aside_goes_again(monkeypatch):
    monkeypatch.setattr(parts, "WIDE", 1)
    with related(frame(3)) as data:
        names = {"c0": {"n": "count(c0)"}, "whole": {"n": "count(*)"}}
        found = parts.measured(data, names, {"c0": ("c0",), "whole": ()})
        assert found == {"c0": {"n": 120}, "whole": {"n": 120}}
        assert data.one({"n": "count(c2)"}) == {"n": 120}


def test_too_many_columns_are_refused_before_they_are_read(tmp_path):
    many = {f"c{n}": [1, 2] for n in range(parts.MOST_COLUMNS + 1)}
    path = tmp_path / "wide.csv"
    pd.DataFrame(many).to_csv(path, index=False)
    said = r"expectations must be of 1,000 columns at most; the data have 1,001; keep the columns that matter"
    for source in (pd.DataFrame(many), path, [dict.fromkeys(many, 1)]):
        with pytest.raises(InputError, match=said):
            expectations.learn(source)
    with pytest.raises(InputError, match=said):
        expectations.load("columns:\n  c0: {range: [0, 9]}\n").check(path)


def test_a_table_that_is_kept_in_blocks_is_measured_in_parts_too():
    wide = pa.table({f"c{at}": [str(at), "", "7"] for at in range(WIDE + 20)})
    with related(wide) as data:
        asked = {name: {"there": f'count("{name}")', "sum": f'sum("{name}")'} for name in data.kinds}
        found = parts.measured(data, asked, {name: (name,) for name in asked})
    assert found["c3"] == {"there": 2, "sum": 10} and found["c59"] == {"there": 2, "sum": 66}
    report = expectations.learn(wide).check(wide)
    assert not report.broken and len(report.results) > WIDE
