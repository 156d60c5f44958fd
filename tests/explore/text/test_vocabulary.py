"""Is the growth of the vocabulary that of its words?"""

import numpy as np
import pytest

from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text.vocabulary import growth, look


def test_counts_are_exact():
    found = growth(["좋은 영화", "좋은 배우!", "나쁜 영화"])
    assert (found["words"], found["distinct"], found["once"]) == (6, 4, 0.5)
    assert found["frequent"][:2] == [["좋은", 2], ["영화", 2]] or found["frequent"][:2] == [["영화", 2], ["좋은", 2]]
    assert found["curve"][-1] == [6, 4]


def test_new_words_only_grow_with_exponent_one_and_few_words_flatten():
    new = growth([f"w{3 * n} w{3 * n + 1} w{3 * n + 2}" for n in range(2000)])
    assert new["exponent"] == pytest.approx(1.0, abs=0.01)
    rng = np.random.default_rng(0)
    same = growth([" ".join(f"w{rng.integers(50)}" for _ in range(5)) for _ in range(2000)])
    assert same["exponent"] == pytest.approx(0.0, abs=0.01)


def test_no_word_says_nothing():
    assert growth(["", "!!", "…"]) is None
    assert look(subject_of(opened([{"text": "!!", "n": "1"}, {"text": "??", "n": "2"}]), text=("text",))) is None


def test_the_order_of_the_texts_does_not_matter_for_the_counts():
    texts = [f"a{n % 7} b{n}" for n in range(300)]
    assert growth(texts)["distinct"] == growth(texts[::-1], seed=3)["distinct"] == 307
