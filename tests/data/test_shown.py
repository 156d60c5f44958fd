"""How is a row shown in one line?"""

from __future__ import annotations

from naeum.data.shown import in_words


def test_texts_words_and_cells_are_told_apart() -> None:
    columns = {"본문": "text", "낱말": "words", "나이": "number", "도시": "category", "사진": "image"}
    row = {"본문": "좋다", "낱말": ["나는", "간다"], "나이": 22.5, "도시": None, "사진": b"..."}
    assert in_words(row, columns) == "좋다 / 나는 간다 / 나이 22.5 / 도시 –"


def test_a_missing_number_is_a_dash() -> None:
    assert in_words({"나이": float("nan")}, {"나이": "number"}) == "나이 –"
