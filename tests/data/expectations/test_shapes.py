"""Do codes become a pattern, and texts none?"""

import re

import pytest

from naeum.data.expectations.shapes import pattern_of, run_lengths, shape
from naeum.data.kinds import TEXT
from naeum.data.relation import related


def pattern(*values):
    with related([{"c": value, "d": "x"} for value in values], {"c": TEXT}) as data:
        found = data.one({**shape('"c"'), "high": "coalesce(max(length(c)), 0)"})
        return pattern_of({**found, **data.one(run_lengths('"c"', found))})


@pytest.mark.parametrize(
    "values, wanted",
    [
        (["AB-12", "XYZ-34"], r"[A-Z]{2,3}\-[0-9]{2}"),
        (["서울1", "부산22"], r"[가-힣]{2}[0-9]{1,2}"),
        (["a.b", "c.d"], r"[a-z]{1}\.[a-z]{1}"),
        (["it's 1", "it's 2"], r"[a-z]{2}'[a-z]{1}\ [0-9]{1}"),
        (["AB-12", "AB12"], ""),
        (["서울", "부산"], ""),
        (["긴 " * 30 + "1", "긴 " * 30 + "2"], ""),
        (["", ""], ""),
    ],
)
def test_shape(values, wanted):
    assert pattern(*values) == wanted
    assert not wanted or all(re.fullmatch(wanted, value) for value in values)
