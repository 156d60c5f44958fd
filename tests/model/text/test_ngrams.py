"""Are n-grams those of the text, hashed evenly, and averaged?"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.model.text import ngrams


def rows_of(texts, **settings) -> list[list[int]]:
    found = ngrams.bags(texts, **{"characters": (1, 3), "words": 2, "buckets": 2**20} | settings)
    return [sorted(found.buckets[a:b].tolist()) for a, b in zip(found.offsets, found.offsets[1:], strict=False)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=12), max_size=6))
def test_counts_are_those_of_python(texts: list[str]) -> None:
    found = ngrams.bags(texts, characters=(2, 3), words=2, buckets=1000)
    expected = []
    for text in texts:
        ready = f" {' '.join(text.lower().split())} "
        words = [word for word in ready.split(" ") if word]
        expected.append(sum(max(0, len(ready) - size + 1) for size in (2, 3)) + len(words) + max(0, len(words) - 1))
    assert np.diff(found.offsets).tolist() == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet="가나다 ab", max_size=9), min_size=1, max_size=5))
def test_a_row_is_read_alike_alone_and_among_others(texts: list[str]) -> None:
    assert rows_of(texts) == [rows_of([text])[0] for text in texts]


def test_what_differs_is_told_apart() -> None:
    assert rows_of(["좋다"]) == rows_of(["좋다 "]) == rows_of([" 좋다"])
    assert rows_of(["Good"]) == rows_of(["gOOD"])
    words = {"characters": (1, 1), "words": 2}
    assert rows_of(["ab ba"], **words) != rows_of(["ba ab"], **words)
    assert rows_of(["ab ba"], characters=(1, 1), words=1) == rows_of(["ba ab"], characters=(1, 1), words=1)


def test_n_grams_of_different_lengths_do_not_meet() -> None:
    texts = ["".join(letters) for letters in np.random.default_rng(0).choice(list("가나다라마바사"), (3000, 12))]
    found = ngrams.bags(texts, characters=(1, 5), words=1, buckets=2**31 - 1)
    distinct = len({text[at : at + size] for text in (f" {t} " for t in texts) for size in range(1, 6)
                    for at in range(len(text) - size + 1)}) + len(set(texts))  # fmt: skip
    assert abs(len(np.unique(found.buckets)) - distinct) <= 3


def test_buckets_are_filled_evenly() -> None:
    found = ngrams.bags([str(number) for number in range(20_000)], characters=(5, 5), words=1, buckets=64)
    share = np.bincount(found.buckets, minlength=64) / len(found.buckets)
    assert share.min() > 0.7 / 64 and share.max() < 1.4 / 64


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂👨‍👩‍👧", "\ud800", "x" * 5000])
def test_any_string_has_a_bag(text: str) -> None:
    assert len(rows_of([text, "x"])) == 2


def test_a_bag_is_the_mean_of_its_vectors() -> None:
    module = ngrams.bag_classifier(50, 4, 3, dropout=0.5, seed=0).eval()
    found = ngrams.Bags(np.array([1, 2, 2, 7], np.int32), np.array([0, 3, 3, 4]))
    inputs = ngrams.gathered(found, np.array([2, 0, 1]))
    table = module.bags.weight
    expected = torch.stack([table[7], (table[1] + 2 * table[2]) / 3, torch.zeros(4)])
    torch.testing.assert_close(module.pooled(**inputs), expected)


def test_dropout_keeps_the_mean_and_the_seed_the_start() -> None:
    module = ngrams.bag_classifier(50, 4, 2, dropout=0.5, seed=1).train()
    inputs = ngrams.gathered(ngrams.Bags(np.arange(40, dtype=np.int32), np.array([0, 40])), np.array([0]))
    torch.manual_seed(0)
    drawn = torch.stack([module.pooled(**inputs)[0] for _ in range(4000)])
    torch.testing.assert_close(drawn.mean(dim=0), module.eval().pooled(**inputs)[0], atol=3e-3, rtol=0.0)
    again = ngrams.bag_classifier(50, 4, 2, dropout=0.5, seed=1)
    assert torch.equal(again.bags.weight, module.bags.weight)
