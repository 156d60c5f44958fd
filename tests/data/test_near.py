"""Are copies and near copies found, and nothing else?"""

import random

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import near
from naeum.data.near import ALIKE, jaccard, merged, near_groups


def groups(*texts: str) -> list[int]:
    found = near_groups(pa.table({"text": list(texts)}))
    return [int(np.flatnonzero(found == one)[0]) for one in found]  # each row's first companion


def grams(text: str) -> set[str]:
    return {text[at : at + near.GRAM] for at in range(len(text) - near.GRAM + 1)}


def made_up(rng: random.Random, length: int) -> str:
    return "".join(rng.choice("가나다라마바사아자차카타파하abcdefgh ") for _ in range(length))


def test_case_width_spaces_and_punctuation_do_not_tell_texts_apart():
    assert groups("Where is my CARD?", "where is  my card", "ｗhere is my card!!", "other") == [0, 0, 0, 3]
    assert groups("재미있어요...", "재미있어요", "재미없어요") == [0, 0, 2]
    assert groups("가나다", "가나다") == [0, 0]  # decomposed Hangul


def test_texts_of_punctuation_only_are_compared_as_they_are():
    assert groups("!!!", "???", "!!!", "", "") == [0, 1, 0, 3, 3]


@pytest.mark.parametrize(
    "one, other",
    [
        ("what is my balance in dollars", "what is my balance in euros"),
        ("turn the light on", "turn the light off"),
        ("불을 켜 주세요", "불을 꺼 주세요"),
        ("what is the weather like in paris today", "what is the weather like in london today"),
        ("예금 계좌의 잔액을 알려 주세요", "적금 계좌의 잔액을 알려 주세요"),
    ],
)
def test_short_sentences_that_differ_in_one_word_stay_apart(one, other):
    assert groups(one, other) == [0, 1]


def test_jaccard_is_the_one_of_the_sets():
    rng = random.Random(0)
    left = [made_up(rng, rng.randint(5, 60)) for _ in range(50)]
    right = [text[: rng.randint(5, len(text))] + made_up(rng, 3) for text in left]
    exact = [len(grams(a) & grams(b)) / len(grams(a) | grams(b)) for a, b in zip(left, right, strict=True)]
    assert jaccard(left, right) == pytest.approx(exact)


def test_near_copies_are_found_and_far_ones_are_not(monkeypatch):
    monkeypatch.setattr(near, "GRAMS_AT_ONCE", 5_000)  # several lots
    rng = random.Random(1)
    texts = [" ".join(made_up(rng, 200).split()) for _ in range(300)]
    close = [text + "끝" for text in texts[:100]]  # Jaccard about 0.99
    far = [text[:150] + made_up(rng, 50) for text in texts[100:200]]  # about 0.6
    found = near_groups(pa.table({"text": [*texts, *close, *far]}))
    assert (found[300:400] == found[:100]).mean() >= 0.98
    assert not (found[400:500] == found[100:200]).any()
    assert len(np.unique(found[:300])) == 300


def test_pairs_at_the_threshold_are_decided_exactly():
    rng = random.Random(2)
    base = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(100))
    for longer in range(5, 20):
        other = base + "".join(rng.choice("0123456789") for _ in range(longer))
        exact = len(grams(base) & grams(other)) / len(grams(base) | grams(other))
        if exact < ALIKE:
            assert groups(base, other) == [0, 1], exact


def test_groups_do_not_depend_on_the_order_of_rows():
    rng = random.Random(3)
    texts = [made_up(rng, 80) for _ in range(60)]
    texts += [text + "요" for text in texts[:20]]
    order = rng.sample(range(len(texts)), len(texts))
    forwards = near_groups(pa.table({"text": texts}))
    shuffled = near_groups(pa.table({"text": [texts[at] for at in order]}))
    same = lambda found: {frozenset(np.flatnonzero(found == one).tolist()) for one in found}  # noqa: E731
    assert {frozenset(order[at] for at in group) for group in same(shuffled)} == same(forwards)


def test_ties_join_what_they_tie():
    found = near_groups(pa.table({"text": ["가", "나", "다", "가"]}), (np.array([0, 1, 1, 2]),))
    assert found[0] == found[3] and found[1] == found[2] and found[0] != found[1]
    assert len(set(merged(5, (np.array([0, 0, 1, 2, 3]), np.array([0, 1, 1, 2, 2]))).tolist())) == 2


def test_several_columns_are_one_text():
    found = near_groups(pa.table({"a": ["x", "x", "x y"], "b": ["y z", "y z", "z"]}))
    assert found[0] == found[1]


def test_a_million_characters_and_no_rows_are_fine():
    assert groups("가" * 1_000_000, "나" * 1_000_000, "가" * 1_000_000) == [0, 1, 0]
    assert len(near_groups(pa.table({"text": pa.array([], pa.string())}))) == 0
