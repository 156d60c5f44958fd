"""How far is one answer of words from another? As SQuAD counts it, and for Korean as KorQuAD does.

Exact match asks for equal texts after case, signs and (in English) articles are left out; F1 for shared words, in
scripts whose characters are units of their own (Hangul, kana, ideographs) for shared characters. Both are written from
the definitions of the data sets' own scripts.

References:
    Rajpurkar, Zhang, Lopyrev & Liang 2016, "SQuAD"; Rajpurkar, Jia & Liang 2018, "Know what you don't know".
    Lim, Kim & Lee 2019, "KorQuAD1.0: Korean QA dataset for machine reading comprehension".
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

ARTICLES = re.compile(r"\b(a|an|the)\b")
QUOTES = str.maketrans(dict.fromkeys("'\"《》<>〈〉()‘’", " "))  # that KorQuAD takes for blanks
SIGNS = str.maketrans(dict.fromkeys(string.punctuation))


def bare(answer: str, single: bool) -> str:
    """An answer without what does not count.

    Args:
        answer: the text.
        single: whether the rules of KorQuAD hold (see `naeum.passages.is_single`), else those of SQuAD.

    Example:
        >>> bare("The  Han-River.", False), bare("《한강》(서울)", True)
        ('hanriver', '한강 서울')
    """
    low = answer.lower()
    kept = low.translate(QUOTES).translate(SIGNS) if single else ARTICLES.sub(" ", low.translate(SIGNS))
    return " ".join(kept.split())


def exact(answer: str, golds: Sequence[str], single: bool) -> float:
    """1.0 where the answer equals one of the right ones; no answer is right where there is none.

    Example:
        >>> exact("the Nile", ["Nile", "the river Nile"], False), exact("", [], False), exact("Nile", [], False)
        (1.0, 1.0, 0.0)
    """
    mine = bare(answer, single)
    return float(any(mine == one for one in _wanted(golds, single)))


def f1(answer: str, golds: Sequence[str], single: bool) -> float:
    """The best F1 of words, or of characters, over the right answers; no answer is right where there is none.

    Example:
        >>> f1("river Nile", ["Nile"], False), f1("서울특별시", ["서울시"], True)
        (0.6666666666666666, 0.75)
    """
    mine = _tokens(bare(answer, single), single)
    return max(_overlap(mine, _tokens(one, single)) for one in _wanted(golds, single))


def _wanted(golds: Sequence[str], single: bool) -> list[str]:
    """The right answers of which something counts; nothing where there are none."""
    return [one for gold in golds if (one := bare(gold, single))] or [""]


def _tokens(text: str, single: bool) -> list[str]:
    words = text.split()
    return [sign for word in words for sign in word] if single else words


def _overlap(mine: list[str], wanted: list[str]) -> float:
    if not mine or not wanted:
        return float(mine == wanted)
    shared = sum((Counter(mine) & Counter(wanted)).values())
    return 2 * shared / (len(mine) + len(wanted)) if shared else 0.0
