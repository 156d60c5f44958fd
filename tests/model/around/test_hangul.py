"""Are syllables taken apart and put together exactly, and are slips of the keyboard neighbours?"""

from __future__ import annotations

import unicodedata

import pytest

from naeum.model.around.hangul import (
    FIRST,
    KEYS,
    LAST,
    LEADS,
    NEIGHBOURS,
    SLIPS,
    TAILS,
    VOWELS,
    beside,
    compose,
    decompose,
    is_syllable,
    slips,
)

SYLLABLES = [chr(code) for code in range(FIRST, LAST + 1)]


def test_every_syllable_comes_back() -> None:
    assert len(SYLLABLES) == 11_172
    assert all(compose(*decompose(syllable)) == syllable for syllable in SYLLABLES)


def test_letters_are_those_of_unicode() -> None:
    """Python's own decomposition, mapped from conjoining letters to those that stand alone by their names."""

    def alone(letter: str) -> str:
        name = unicodedata.name(letter).split()[-1]
        return unicodedata.lookup(f"HANGUL LETTER {name}")

    for syllable in SYLLABLES[::37]:
        assert list(filter(None, decompose(syllable))) == [alone(x) for x in unicodedata.normalize("NFD", syllable)]


@pytest.mark.parametrize("character", ["", "a", "ㄱ", "ㅏ", "\u1112", "가나", "漢", chr(FIRST - 1), chr(LAST + 1)])
def test_what_is_no_syllable(character: str) -> None:
    assert not is_syllable(character)


def test_every_letter_can_slip_and_plain_keys_are_neighbours_of_each_other() -> None:
    assert set(NEIGHBOURS) == set(LEADS) | set(VOWELS) | set(TAILS[1:])
    assert set(SLIPS).isdisjoint("".join(KEYS))
    near = beside(KEYS)
    assert all(key in near[other] for key in near for other in near[key])
    assert near["ㅎ"] == "ㄹㅗㅅㅛㅍㅠ"


def test_a_slip_changes_one_letter_of_every_syllable() -> None:
    for syllable in SYLLABLES:
        letters = decompose(syllable)
        assert slips(syllable)
        for other in slips(syllable):
            assert is_syllable(other)
            assert sum(one != two for one, two in zip(letters, decompose(other), strict=True)) == 1
