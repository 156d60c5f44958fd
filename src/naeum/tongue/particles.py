"""Which form of a Korean particle follows a word: 은 or 는, 이 or 가, 을 or 를, 과 or 와, 으로 or 로?

It hangs on how the word ends when it is read aloud: on a closing consonant, on ㄹ, or on a vowel. Hangul says it by its
syllable (Unicode 3.12: conjoining jamo), digits by their Sino-Korean names; of Latin words only some ends are sure, and
where nothing is sure both forms are written, as Korean programs do: 파일을(를).
"""

from __future__ import annotations

from collections.abc import Mapping

# After a closing consonant, after a vowel; the key is what a translation writes.
FORMS: Mapping[str, tuple[str, str]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이다": ("이다", "다"),
    "이나": ("이나", "나"),
    "이라": ("이라", "라"),
}
UNSURE = {"은": "은(는)", "이": "이(가)", "을": "을(를)", "과": "과(와)", "으로": "(으)로",
          "이다": "(이)다", "이나": "(이)나", "이라": "(이)라"}  # fmt: skip
FIRST, LAST, FINALS, RIEUL = 0xAC00, 0xD7A3, 28, 8  # syllables, closing consonants of a syllable and the place of ㄹ
OPEN, CLOSED, LIQUID = "open", "closed", "liquid"  # ends in a vowel, a consonant, ㄹ
DIGITS = {"0": CLOSED, "1": LIQUID, "2": OPEN, "3": CLOSED, "4": OPEN, "5": OPEN, "6": CLOSED, "7": LIQUID,
          "8": LIQUID, "9": OPEN, "%": OPEN}  # fmt: skip
# 레이블, 폼, 런 close; vowels and letters that Korean writes with a vowel after them stay open: 소스, 벡터, 칼럼즈.
LETTERS = {**dict.fromkeys("aeiouywrszfvxjhq", OPEN), **dict.fromkeys("mn", CLOSED), "l": LIQUID}


def ending(word: str) -> str | None:
    """How a word ends when it is read: "open", "closed", "liquid", or none where that is not sure.

    Example:
        >>> ending("열"), ending("나무"), ending("3"), ending("label"), ending("csv'"), ending("fit")
        ('liquid', 'open', 'closed', 'liquid', 'open', None)
    """
    last = next((sign for sign in reversed(word) if sign.isalnum() or sign == "%"), "")
    if last and FIRST <= ord(last) <= LAST:
        final = (ord(last) - FIRST) % FINALS
        return OPEN if final == 0 else LIQUID if final == RIEUL else CLOSED
    return DIGITS.get(last) or LETTERS.get(last.lower())


def with_particle(word: str, particle: str) -> str:
    """A word with the form of a particle that fits it.

    Args:
        word: Hangul, digits or Latin letters; quotes and brackets at its end are looked past.
        particle: a key of FORMS.

    Example:
        >>> with_particle("기준선", "은"), with_particle("나무", "을"), with_particle("서울", "으로")
        ('기준선은', '나무를', '서울로')
        >>> with_particle("fit", "을")
        'fit을(를)'
    """
    found = ending(word)
    if found is None:
        return word + UNSURE[particle]
    closed, opened = FORMS[particle]
    if found == LIQUID and particle == "으로":
        return word + opened
    return word + (opened if found == OPEN else closed)
