"""Are passages cut at every place where an answer may begin or end?"""

from __future__ import annotations

import pytest

from naeum import passages


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("In the 1990s, U.S. 3.5%", ["In", "the", "1990", "s", ",", "U", ".", "S", ".", "3", ".", "5", "%"]),
        ("서울시는 2024년에", ["서", "울", "시", "는", "2024", "년", "에"]),
        ("東京タワー\u3000333m", ["東", "京", "タ", "ワ", "ー", "333", "m"]),
        ("naïve Zürich_x", ["naïve", "Zürich", "_", "x"]),
        (" \n\t", []),
        ("", []),
    ],
)
def test_units_are_words_numbers_signs_and_single_characters(text: str, pieces: list[str]) -> None:
    assert [text[low:high] for low, high in passages.units(text)] == pieces


def test_units_are_shared_and_so_cannot_be_written_to() -> None:
    assert passages.units("a b") is passages.units("a b")
    with pytest.raises(ValueError, match="read-only"):
        passages.units("a b")[0, 0] = 5


def test_no_passages_have_no_units() -> None:
    found = passages.units_of([])
    assert found.spans.shape == (0, 2) and found.offsets.tolist() == [0]


@pytest.mark.parametrize(
    ("start", "end", "touched"), [(0, 3, (0, 0)), (1, 5, (0, 1)), (3, 4, (-1, -1)), (7, 9, (-1, -1)), (4, 99, (1, 1))]
)
def test_characters_touch_units(start: int, end: int, touched: tuple[int, int]) -> None:
    assert passages.between(passages.units("one two"), start, end) == touched


def test_what_is_written_mostly_in_single_characters_is_compared_by_them() -> None:
    assert passages.is_single("日本の首都")
    assert not passages.is_single("1234 !") and not passages.is_single("")
    assert not passages.is_single("한 word of many")
