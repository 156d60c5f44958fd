"""Are characters numbered, Hangul taken apart, and windows slid over them as they should be?"""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.model.text import characters
from naeum.model.text.characters import LEADS, TAILS, VOWELS, Shape

SHAPE = Shape(characters=3, width=6, filters=5, windows=(1, 2, 3), dropout=0.5, classes=2)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=20))
def test_syllables_are_made_of_the_letters_that_unicode_says(text: str) -> None:
    found = characters.numbers([text], np.empty(0, np.uint32), most=50)
    code = found.syllables - 1
    letters = zip(code // (VOWELS * TAILS), code // TAILS % VOWELS, code % TAILS, strict=True)
    built = "".join(
        chr(0x1100 + lead) + chr(0x1161 + vowel) + (chr(0x11A7 + tail) if tail else "") for lead, vowel, tail in letters
    )
    assert built == unicodedata.normalize("NFD", text)
    assert int(code.max()) < LEADS * VOWELS * TAILS


def test_decomposed_text_is_read_like_composed() -> None:
    known = characters.vocabulary(["한글 한글"], most=50)
    one, other = (characters.numbers([unicodedata.normalize(form, "한글")], known, 50) for form in ("NFC", "NFD"))
    assert one.ids.tolist() == other.ids.tolist()
    assert one.syllables.tolist() == other.syllables.tolist()


def test_the_vocabulary_is_what_was_seen_twice() -> None:
    known = characters.vocabulary(["abca", "bㅋ"], most=10)
    assert "".join(map(chr, known)) == "ab"
    assert characters.numbers(["cab"], known, 10).ids.tolist() == [1, 2, 3]
    assert characters.vocabulary([], most=10).tolist() == []


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂", "\ud800", "가" * 5000, "İıſß"])
def test_any_string_has_numbers(text: str) -> None:
    found = characters.numbers([text, "a"], characters.vocabulary(["aa"], 64), most=64)
    assert 1 <= np.diff(found.offsets)[0] <= 64
    assert len(found.ids) == len(found.syllables) == found.offsets[-1]


def test_rows_are_padded_at_their_end() -> None:
    found = characters.numbers(["가나다", "x"], np.array([ord("x")], np.uint32), most=9)
    inputs = characters.gathered(found, np.array([1, 0]))
    assert inputs["ids"].tolist() == [[2, 0, 0], [1, 1, 1]]
    assert (inputs["syllables"] > 0).tolist() == [[False] * 3, [True] * 3]


def test_a_row_is_answered_alike_alone_and_beside_a_longer_one() -> None:
    module = characters.convolution_classifier(SHAPE, seed=0).eval()
    found = characters.numbers(["가나다라마바사", "나", "ab"], np.array([ord("a")], np.uint32), most=9)
    together = module(**characters.gathered(found, np.array([0, 1, 2])))
    for row in range(3):
        alone = module(**characters.gathered(found, np.array([row])))
        torch.testing.assert_close(together[row : row + 1], alone)


def test_syllables_that_share_letters_are_nearer() -> None:
    module = characters.convolution_classifier(SHAPE, seed=0).eval()
    found = characters.numbers(["각간가힣"], np.empty(0, np.uint32), most=9)  # none of them was ever seen
    inputs = characters.gathered(found, np.array([0]))
    vectors = module.vectors(inputs["ids"], inputs["syllables"])[0].detach()
    assert float((vectors[0] - vectors[1]).norm()) < float((vectors[0] - vectors[3]).norm())
    assert not torch.equal(vectors[0], vectors[1])


def test_the_seed_decides_the_start() -> None:
    heads = [characters.convolution_classifier(SHAPE, seed=seed).head.weight for seed in (0, 0, 1)]
    assert torch.equal(heads[0], heads[1]) and not torch.equal(heads[0], heads[2])
