"""What can be seen of a word from outside: its case, its signs, its length?

An encoder without case does not see it, and names are told by it.
"""

from __future__ import annotations

import numpy as np

from naeum.contract import Floats, Ints
from naeum.model.tags.sentences import Sentences, distinct

HANGUL = ("\uac00", "\ud7a3")  # the first and the last syllable
URLS = ("http:", "https:", "www.")
LENGTHS = (1, 2, 4, 7)  # up to which many characters a word counts as of one length
PLAIN, UPPER, TITLE, MIXED, DIGITS, SIGNS, KOREAN = range(7)
CASES = 7


def case_of(text: str) -> int:
    """The case of a piece of text: one of CASES numbers.

    Example:
        >>> [case_of(text) for text in ("seoul", "USA", "Seoul", "iPhone", "2026", "...", "서울")]
        [0, 1, 2, 3, 4, 5, 6]
    """
    if text.islower():
        return PLAIN
    if text.isupper():
        return UPPER if len(text) > 1 else TITLE
    if text.isdigit():
        return DIGITS
    if text[:1].isupper() and text[1:].islower():
        return TITLE
    if any(HANGUL[0] <= sign <= HANGUL[1] for sign in text):
        return KOREAN
    if any(sign.isupper() for sign in text):
        return MIXED
    return PLAIN if any(sign.isalnum() for sign in text) else SIGNS


def look(word: str) -> list[bool]:
    """What is seen of one word."""
    case = case_of(word)
    sizes = [len(word) <= most for most in LENGTHS]
    return [
        *(case == one for one in range(CASES)),
        any(sign.isdigit() for sign in word),
        any(sign.isupper() for sign in word[1:]),
        not word.isalnum() and case != SIGNS,
        word.startswith("@"),
        word.startswith("#"),
        word.lower().startswith(URLS),
        *(now and not before for now, before in zip(sizes, [False, *sizes], strict=False)),
    ]


LOOKS = CASES + 6 + len(LENGTHS)
WIDTH = 3 * LOOKS + 2  # with the words before and after, and whether it is the first or the last


def looks(sentences: Sentences) -> Floats:
    """(words, WIDTH) 0 or 1: what is seen of each word, of the one before and the one after it.

    Example:
        >>> looks(Sentences(["New", "York"], np.array([0, 2]))).shape == (2, WIDTH)
        True
    """
    words, which = distinct(sentences.words)
    own = np.array([look(word) for word in words], np.float32).reshape(-1, LOOKS)[which]
    found = np.zeros((len(which), WIDTH), np.float32)
    found[:, :LOOKS] = own
    first, last = ends(sentences.offsets)
    found[1:, LOOKS : 2 * LOOKS] = own[:-1] * ~first[1:, None]
    found[:-1, 2 * LOOKS : 3 * LOOKS] = own[1:] * ~last[:-1, None]
    found[:, -2], found[:, -1] = first, last
    return found


def ends(offsets: Ints) -> tuple[np.ndarray, np.ndarray]:
    """(words,) whether each word is the first of its row, and whether it is the last."""
    first, last = np.zeros(int(offsets[-1]), np.bool_), np.zeros(int(offsets[-1]), np.bool_)
    there = np.diff(offsets) > 0
    first[offsets[:-1][there]] = True
    last[offsets[1:][there] - 1] = True
    return first, last
