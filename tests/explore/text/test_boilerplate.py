"""Are shared openings, endings and lines found, and ordinary language left alone?"""

import pyarrow as pa

from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import boilerplate


def test_openings_endings_and_lines_are_found():
    texts = [
        f"안녕하세요 고객센터 담당자 님께 문의 {n} 드립니다\n주문 번호 {n}\n이 메일은 발신 전용 입니다"
        for n in range(40)
    ]
    found = boilerplate.shared(texts)
    assert found["openings"][0] == {"text": "안녕하세요 고객센터 담당자 님께", "rows": 40, "share": 1.0}
    assert found["endings"][0]["text"] == "메일은 발신 전용 입니다"
    assert found["lines"][0]["text"] == "이 메일은 발신 전용 입니다"


def test_copies_count_once_and_differing_texts_share_nothing():
    assert boilerplate.shared(["the very same text again and again"] * 50) == {
        "openings": [],
        "endings": [],
        "lines": [],
    }
    assert not boilerplate.shared([f"w{n} x{n} y{n} z{n} end{n}" for n in range(100)])["openings"]


def test_the_most_frequent_text_comes_first():
    found = boilerplate.repeated(pa.chunked_array([["굿", "최고", "굿", "최고", "굿", "별로"]]))
    assert [(one["text"], one["rows"]) for one in found] == [("굿", 3), ("최고", 2)]


def test_a_part_says_how_many_texts_were_looked_at():
    rows = [{"text": f"Dear Sir or Madam, my parcel {n} is lost", "label": "a"} for n in range(40)]
    found = boilerplate.look(subject_of(opened(rows), text=("text",)))
    assert found["rows"] == 40 and found["openings"][0]["text"] == "Dear Sir or Madam," and found["texts"] == []
