"""Which letters (jamo) is a Hangul syllable made of, and which lie beside them on the keyboard?

Unicode 16, section 3.12: a precomposed syllable is 0xAC00 + (lead * 21 + vowel) * 28 + tail. The keyboard is the
two-set one (KS X 5002) that Korean is typed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

FIRST, LAST = 0xAC00, 0xD7A3  # 가 and 힣
LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")  # "" = none
KEYS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
# Letters of two strokes, or typed with shift: the slip is that the second stroke, or shift, is missed.
SLIPS: Mapping[str, str] = {
    "ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ", "ㅒ": "ㅐ", "ㅖ": "ㅔ", "ㅘ": "ㅗ", "ㅙ": "ㅗ",
    "ㅚ": "ㅗ", "ㅝ": "ㅜ", "ㅞ": "ㅜ", "ㅟ": "ㅜ", "ㅢ": "ㅡ", "ㄳ": "ㄱ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄺ": "ㄹ",
    "ㄻ": "ㄹ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㄿ": "ㄹ", "ㅀ": "ㄹ", "ㅄ": "ㅂ",
}  # fmt: skip


def beside(keys: tuple[str, ...]) -> dict[str, str]:
    """The keys that touch each key of a keyboard whose rows are each half a key further right than the one above.

    Example:
        >>> beside(("qwe", "asd"))["s"]
        'adwe'
    """
    at = {key: (row, column) for row, line in enumerate(keys) for column, key in enumerate(line)}
    touching = ((0, -1), (0, 1), (-1, 0), (-1, 1), (1, -1), (1, 0))
    found = {place: key for key, place in at.items()}
    return {
        key: "".join(
            found[row + down, column + right] for down, right in touching if (row + down, column + right) in found
        )
        for key, (row, column) in at.items()
    }


NEIGHBOURS: Mapping[str, str] = {**beside(KEYS), **SLIPS}


def is_syllable(character: str) -> bool:
    """Whether a character is a precomposed Hangul syllable."""
    return len(character) == 1 and FIRST <= ord(character) <= LAST


def decompose(syllable: str) -> tuple[str, str, str]:
    """Its lead, vowel and tail ('' = none).

    Example:
        >>> decompose("값"), decompose("나")
        (('ㄱ', 'ㅏ', 'ㅄ'), ('ㄴ', 'ㅏ', ''))
    """
    rest, tail = divmod(ord(syllable) - FIRST, len(TAILS))
    lead, vowel = divmod(rest, len(VOWELS))
    return LEADS[lead], VOWELS[vowel], TAILS[tail]


def compose(lead: str, vowel: str, tail: str = "") -> str:
    """The syllable of three letters.

    Example:
        >>> compose("ㅎ", "ㅏ", "ㄴ")
        '한'
    """
    number = (LEADS.index(lead) * len(VOWELS) + VOWELS.index(vowel)) * len(TAILS) + TAILS.index(tail)
    return chr(FIRST + number)


@cache
def slips(syllable: str) -> tuple[str, ...]:
    """Every syllable that comes of typing one of its letters wrong, sorted.

    Example:
        >>> slips("쭈")
        ('주', '쩌', '쪼', '쮸', '쯔')
    """
    lead, vowel, tail = decompose(syllable)
    leads = [compose(other, vowel, tail) for other in NEIGHBOURS[lead] if other in LEADS]
    vowels = [compose(lead, other, tail) for other in NEIGHBOURS[vowel] if other in VOWELS]
    tails = [compose(lead, vowel, other) for other in NEIGHBOURS.get(tail, "") if other in TAILS]
    return tuple(sorted({*leads, *vowels, *tails}))
