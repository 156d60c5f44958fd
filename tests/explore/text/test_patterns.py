"""Are addresses and numbers of people found, and plain numbers left alone?"""

import pyarrow as pa
import pytest

from naeum.explore.text.patterns import all_rows_with, rows_with


def has(name, text):
    return bool(len(rows_with(pa.chunked_array([[text]]), name)))


@pytest.mark.parametrize(
    "name, text",
    [
        ("email", "메일은 a.b+c@mail.co.kr로 주세요"),
        ("phone_kr", "010-1234-5678"),
        ("phone_kr", "연락처: 010 3227 2293입니다"),
        ("phone_kr", "01012345678"),
        ("phone_kr", "(02)123-4567"),
        ("phone_kr", "+82 10-1234-5678"),
        ("phone", "call +44 20 7946 0958 now"),
        ("phone", "(212) 555-0123"),
        ("resident_number", "900101-1234567"),
        ("card_number", "4111 1111 1111 1111"),
        ("url", "see https://example.com/x?y=1"),
        ("url", "www.example.co.kr"),
        ("html_tag", "좋아요<br/>정말"),
        ("html_entity", "fish &amp; chips"),
        ("html_entity", "&#39;"),
        ("markdown", "[here](http://a.b)"),
        ("escape", r"line\nline"),
    ],
)
def test_it_is_found(name, text):
    assert has(name, text)


@pytest.mark.parametrize(
    "name, text",
    [
        ("email", "만점 @ 최고"),
        ("phone_kr", "2010-1234-5678901"),
        ("phone_kr", "평점 10 100 1000"),
        ("phone", "1999-2003-2005"),
        ("phone", "I have 3 apples and 100 500 800"),
        ("resident_number", "991301-1234567"),
        ("card_number", "1234 5678"),
        ("html_tag", "3 < 4 and 5 > 2"),
        ("html_tag", "<3 you"),
        ("html_entity", "R&B; AT&T"),
        ("escape", "/home/n"),
    ],
)
def test_it_is_left_alone(name, text):
    assert not has(name, text)


def test_a_korean_number_is_not_told_as_foreign_too():
    found = all_rows_with(pa.chunked_array([["+82 10-1234-5678", "+44 20 7946 0958", None]]))
    assert found["phone_kr"].tolist() == [0] and found["phone"].tolist() == [1]
