"""Does the particle fit the word?"""

from __future__ import annotations

import pytest

from naeum.tongue.particles import FORMS, UNSURE, ending, with_particle


@pytest.mark.parametrize(
    ("word", "particle", "told"),
    [
        ("값", "은", "값은"), ("나무", "은", "나무는"), ("열", "이", "열이"), ("사과", "이", "사과가"),
        ("기준선", "을", "기준선을"), ("점수", "을", "점수를"), ("표", "과", "표와"), ("행", "과", "행과"),
        ("파일", "으로", "파일로"), ("값", "으로", "값으로"), ("표", "으로", "표로"), ("'영화'", "을", "'영화'를"),
        ("train.csv", "은", "train.csv는"), ("3", "은", "3은"), ("1,000", "이", "1,000이"), ("12", "이", "12가"),
        ("7", "으로", "7로"), ("95 %", "을", "95 %를"), ("label", "으로", "label로"), ("fit", "을", "fit을(를)"),
        ("…", "이", "…이(가)"), ("값", "이다", "값이다"), ("표", "이나", "표나"),
    ],
)  # fmt: skip
def test_the_form_follows_the_sound(word: str, particle: str, told: str) -> None:
    assert with_particle(word, particle) == told


def test_every_syllable_says_how_it_ends() -> None:
    endings = {ending(chr(code)) for code in range(0xAC00, 0xD7A4)}
    assert endings == {"open", "closed", "liquid"}
    assert ending("") is None
    assert set(UNSURE) == set(FORMS)
