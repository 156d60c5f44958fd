"""Are words found and taken apart as the papers say, Hangul by its letters?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from naeum.model.around.hangul import decompose, is_syllable
from naeum.model.sequence.subwords import MOST_LETTERS, RUNS, numbered, pieces_of, vocabulary, words_of


def letters(word: str) -> list[str]:
    """A slow twin: a syllable is its letters, each known by its part, no tail too."""
    found = ["<"]
    for sign in word[:MOST_LETTERS]:
        found += [f"{part}{letter}" for part, letter in enumerate(decompose(sign))] if is_syllable(sign) else [sign]
    return [*found, ">"]


def slow(word: str) -> list[tuple[str, ...]]:
    signs = letters(word)
    runs = [tuple(signs[at : at + size]) for size in RUNS for at in range(len(signs) - size + 1)]
    return [*runs, ("whole", *signs)]


WORDS = ["좋다", "좋은", "good", "goods", "a", "", "값값값", "x" * 100, "한a글", "👍🏽"]


def test_pieces_are_those_of_a_slow_count() -> None:
    found = pieces_of(WORDS)
    assert np.diff(found.offsets).tolist() == [len(slow(word)) for word in WORDS]
    meaning: dict[int, tuple[str, ...]] = {}
    for at, word in enumerate(WORDS):
        hashes = found.hashes[found.offsets[at] : found.offsets[at + 1]].tolist()
        for number, piece in zip(hashes, slow(word), strict=True):
            assert meaning.setdefault(number, piece) == piece  # the same hash, the same piece …
    assert len(set(meaning.values())) == len(meaning)  # … and the other way round


def test_words_that_share_letters_share_pieces() -> None:
    found = pieces_of(["좋다", "좋은", "나무"])
    one, other, third = (set(found.hashes[low:high].tolist()) for low, high in pairwise(found.offsets))
    assert len(one & other) >= 3
    assert not one & third


def test_only_pieces_seen_twice_are_known_and_the_commonest_of_them() -> None:
    found = pieces_of(["가나", "가다", "쭈"])
    known = vocabulary(found, np.array([3, 1, 1]))
    assert (np.diff(known.astype(object)) > 0).all()
    numbers, starts = numbered(found, known)
    assert np.diff(starts).tolist()[2] == 1 and numbers[-1] == 0  # nothing of the third is known
    assert (numbers[: starts[1]] > 0).all()
    few = vocabulary(found, np.array([3, 1, 1]), most=2)
    assert len(few) == 2 and set(few.tolist()) <= set(known.tolist())


def test_no_words_and_nothing_known_are_no_trouble() -> None:
    empty = pieces_of([])
    assert len(empty.hashes) == 0 and empty.offsets.tolist() == [0]
    numbers, starts = numbered(pieces_of(["a", "b"]), np.empty(0, np.uint64))
    assert numbers.tolist() == [0, 0] and starts.tolist() == [0, 1, 2]
    assert numbered(empty, np.empty(0, np.uint64))[1].tolist() == [0]


@pytest.mark.parametrize(
    "text, most, words",
    [
        ("", 5, []),
        ("좋은 영화!!", 9, ["좋은", "영화", "!", "!"]),
        ("A b", 1, ["a"]),
        ("\u1112\u1161\u11ab글", 3, ["한글"]),
        ("\x00\ud800 가", 9, ["\x00", "\ud800", "가"]),
    ],
)
def test_texts_become_words(text: str, most: int, words: list[str]) -> None:
    assert words_of(text, most) == words
