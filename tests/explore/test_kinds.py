"""Are numbers, dates, truth values, codes and words told apart, and cast as they should?"""

import pytest

from naeum.explore.kinds import Kind, dates, form_of, is_number, kind_of
from naeum.explore.loading import opened


@pytest.mark.parametrize(
    "values, kind",
    [
        (["1", "-2.5", "1e3", "inf", "NA"], Kind("DOUBLE")),
        (["true", "False", ""], Kind("BOOLEAN")),
        (["00123", "00456"], Kind("VARCHAR")),
        (["1234567890123456789", "1"], Kind("VARCHAR")),
        (["2024-01-05", "2024-02-06T10:00:00Z"], Kind("TIMESTAMP", ("%Y-%m-%d", "ISO 8601"))),
        (["25/12/2024", "01/02/2024"], Kind("TIMESTAMP", ("%d/%m/%Y",))),
        (["12/25/2024", "01/02/2024"], Kind("TIMESTAMP", ("%m/%d/%Y",))),
        (["20240105", "20240206"], Kind("TIMESTAMP", ("%Y%m%d",))),
        (["20240105", "99999999"], Kind("DOUBLE")),
        (["서울", "부산"], Kind("VARCHAR")),
        (["이 영화는 정말로 재미있었습니다"], Kind("VARCHAR", long=True)),
        ([None, ""], Kind("VARCHAR")),
    ],
)
def test_what_a_sample_holds(values, kind):
    assert kind_of(values) == kind


def test_single_values():
    assert is_number("-Infinity") and not is_number("1,000")
    assert form_of("2024년 3월 5일") == "%Y년%m월%d일" and form_of("x" * 50) is None
    assert dates({"words": 1, "2024-01-01": 1}) == ()


def test_what_is_cast_in_a_table():
    one = {"n": "inf", "d": "2024년 3월 5일", "t": "None", "s": "None"}
    other = {"n": "NA", "d": "05.03.2024", "t": "a long enough text here", "s": "서울"}
    found = opened([one, other]).sql("SELECT n, d::VARCHAR AS d, t, s FROM data").to_pydict()
    assert found["n"] == [float("inf"), None] and found["d"] == ["2024-03-05 00:00:00"] * 2
    assert found["t"] == ["None", "a long enough text here"] and found["s"] == [None, "서울"]  # a word of a text stays
