"""Are answers compared as the scripts of SQuAD and KorQuAD compare them?

The two scripts are written down here once more, step by step from their published definitions, and must agree.
"""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.measure import answers

PIECES = [
    *("the", "The", "a", "An", "Nile", "nile.", "(Nile)", "river-bank", "'s", '"', "1,000", "theory", "a.b"),
    *("서울", "서울시", "《서울》", "〈강〉", "‘한’", "", " ", "  ", "\t"),
]


def squad_normal(text: str) -> str:
    """Lower case, without punctuation, without articles, single blanks: SQuAD 1.1 and 2.0, evaluate."""
    text = "".join(sign for sign in text.lower() if sign not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def korquad_normal(text: str) -> str:
    """Quotes and brackets as blanks, lower case, without punctuation, single blanks: KorQuAD 1.0, evaluate."""
    for sign in ("'", '"', "《", "》", "<", ">", "〈", "〉", "(", ")", "‘", "’"):
        text = text.replace(sign, " ")
    return " ".join("".join(sign for sign in text.lower() if sign not in set(string.punctuation)).split())


def squad_f1(said: list[str], gold: list[str]) -> float:
    same = sum((Counter(gold) & Counter(said)).values())
    if len(gold) == 0 or len(said) == 0:
        return float(gold == said)
    if same == 0:
        return 0.0
    precision, recall = same / len(said), same / len(gold)
    return 2 * precision * recall / (precision + recall)


texts = st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(texts, st.lists(texts, max_size=3))
def test_english_is_compared_as_squad_does(said: str, golds: list[str]) -> None:
    wanted = [gold for gold in golds if squad_normal(gold)] or [""]
    best = max(squad_f1(squad_normal(said).split(), squad_normal(gold).split()) for gold in wanted)
    assert answers.f1(said, golds, False) == pytest.approx(best)
    assert answers.exact(said, golds, False) == max(squad_normal(said) == squad_normal(gold) for gold in wanted)


@settings(deadline=None, max_examples=300)
@given(texts, st.lists(texts, min_size=1, max_size=3))
def test_korean_is_compared_as_korquad_does(said: str, golds: list[str]) -> None:
    wanted = [gold for gold in golds if korquad_normal(gold)] or [""]
    signs = [[sign for word in korquad_normal(one).split() for sign in word] for one in (said, *wanted)]
    best = max(squad_f1(signs[0], one) for one in signs[1:])
    assert answers.f1(said, golds, True) == pytest.approx(best)
    assert answers.exact(said, golds, True) == max(korquad_normal(said) == korquad_normal(gold) for gold in wanted)


def test_the_nearest_of_several_right_answers_counts() -> None:
    assert answers.f1("Denver Broncos", ["Broncos", "the Denver Broncos"], False) == 1.0
    assert answers.f1("교향곡 9번", ["9번 교향곡", "합창"], True) == 1.0
