"""Do codes become a pattern, and texts none?"""

import re

import pytest

from naeum.data.expectations.shapes import shape_of
from naeum.data.relation import related


def shape(*values):
    with related([{"c": value, "d": "x"} for value in values]) as data:
        return shape_of(data, "c")


@pytest.mark.parametrize(
    "values, pattern",
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
def test_shape(values, pattern):
    assert shape(*values) == pattern
    assert not pattern or all(re.fullmatch(pattern, value) for value in values)
