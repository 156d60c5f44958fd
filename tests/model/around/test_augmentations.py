"""Do texts stay whole, alike and repeatable when they are written differently?"""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.model.around.augmentations import (
    LATIN,
    METHODS,
    delete,
    jamo,
    particle,
    spacing,
    swap,
    synonym,
    typo,
)
from naeum.model.around.hangul import decompose, is_syllable
from naeum.testing.data import ODD_TEXTS

LEXICON = {"영화": ("작품",), "good": ("fine", "nice"), "a": ("one",)}
CHANGES = {**{name: change for name, (change, _) in METHODS.items()}, "lexicon": partial(synonym, lexicon=LEXICON)}
WORDS = st.lists(
    st.sampled_from(["영화를", "배우가", "정말", "학교에서", "good", "a", "film,", "ㅋㅋ", "12"]), max_size=9
)
TEXTS = st.text() | st.sampled_from(ODD_TEXTS) | WORDS.map(" ".join) | st.text(alphabet="가힣한글 \t\n.a")
SEEDS = st.integers(0, 2**32)
STRENGTHS = st.floats(0, 1)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", CHANGES)
@given(text=TEXTS, seed=SEEDS, strength=STRENGTHS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_answered_the_same_for_a_seed_and_left_alone_at_zero(
    name: str, text: str, seed: int, strength: float
) -> None:
    change = CHANGES[name]
    changed = change(text, rng(seed), strength)
    assert changed == change(text, rng(seed), strength)
    assert change(text, rng(seed), 0.0) == text
    assert bool(changed.strip()) == bool(text.strip())  # no text becomes empty


@given(text=TEXTS, seed=SEEDS, strength=STRENGTHS)
@settings(max_examples=80, deadline=None)
def test_words_are_only_moved_left_out_or_exchanged(text: str, seed: int, strength: float) -> None:
    before = Counter(text.split())
    assert Counter(swap(text, rng(seed), strength).split()) == before
    fewer = Counter(delete(text, rng(seed), strength).split())
    assert fewer <= before
    if strength > 0 and before.total() > 1:
        assert 0 < fewer.total() < before.total()
    for change in CHANGES.values():
        if change not in (delete, spacing):
            assert len(change(text, rng(seed), strength).split()) == before.total()


@given(text=TEXTS, seed=SEEDS, strength=STRENGTHS)
@settings(max_examples=80, deadline=None)
def test_spacing_changes_white_space_alone(text: str, seed: int, strength: float) -> None:
    assert "".join(spacing(text, rng(seed), strength).split()) == "".join(text.split())


@given(text=TEXTS, seed=SEEDS, strength=STRENGTHS)
@settings(max_examples=80, deadline=None)
def test_typos_are_one_neighbouring_letter_a_word(text: str, seed: int, strength: float) -> None:
    typed, mistyped = typo(text, rng(seed), strength), jamo(text, rng(seed), strength)
    assert len(typed) == len(mistyped) == len(text)
    for one, other in zip(text, typed, strict=True):
        assert one == other or (other.lower() in LATIN[one.lower()] and one.isupper() == other.isupper())
    for one, other in zip(text, mistyped, strict=True):
        if one != other:
            assert is_syllable(one) and is_syllable(other)
            assert sum(x != y for x, y in zip(decompose(one), decompose(other), strict=True)) == 1
    for changed in (typed, mistyped):
        for before, after in zip(text.split(), changed.split(), strict=True):
            assert sum(x != y for x, y in zip(before, after, strict=True)) <= 1


@pytest.mark.parametrize("name", set(METHODS) - {"synonym"})
def test_every_method_changes_a_text_it_is_for(name: str) -> None:
    change, languages = METHODS[name]
    text = "배우가 영화를 정말 살렸다" if "ko" in languages else "the actor just saved it"
    assert sum(change(text, rng(seed), 0.3) != text for seed in range(20)) >= 19


@pytest.mark.parametrize(
    "word, without",
    [
        ("영화를", "영화"), ("배우가", "배우"), ("학교에서는", "학교에서"), ("학교에서", "학교"), ("감독은,", "감독,"),
        ("서울로", "서울"), ("집으로", "집으로"), ("나는", "나는"), ("전문가", "전문가"), ("재미있는", "재미있는"),
        ("사랑하는", "사랑하는"), ("영화", "영화"), ("film을", "film을"), ("주말까지!", "주말!"), ("는", "는"),
    ],
)  # fmt: skip
def test_which_particles_go(word: str, without: str) -> None:
    assert particle(word, rng(), 1.0) == without


def test_strength_is_the_share_of_words() -> None:
    text = " ".join(f"word{at}" for at in range(20))
    assert len(delete(text, rng(), 0.25).split()) == 15
    assert len(delete(text, rng(), 1.0).split()) == 1
    typed = typo(text, rng(), 0.25).split()
    assert sum(one != other for one, other in zip(typed, text.split(), strict=True)) == 5
