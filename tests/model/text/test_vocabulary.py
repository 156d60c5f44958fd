"""Are texts turned into the same tf-idf weights that scikit-learn gives, and back from arrays exactly?"""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from naeum.errors import InputError
from naeum.model.text import vocabulary
from naeum.model.text.vocabulary import WORD, Pieces, Vocabulary, build
from naeum.testing.data import ODD_TEXTS, make

TEXTS = [
    *make(40, korean=True).rows["text"].to_pylist(),
    *make(40).rows["text"].to_pylist(),
    *ODD_TEXTS,
    "좋아요!! 좋아요",
]


def padded(text: str) -> str:
    return f" {' '.join(text.lower().split())} " if text.split() else ""


@pytest.mark.parametrize("sublinear", [True, False])
def test_weights_equal_those_of_scikit_learn(sublinear: bool) -> None:
    pieces = Pieces((1, 2), (1, 4), min_df=2, sublinear=sublinear)
    ours, matrix = build(TEXTS, pieces)
    by_word = CountVectorizer(token_pattern=WORD.pattern, ngram_range=(1, 2), min_df=2).fit(TEXTS)
    by_char = CountVectorizer(analyzer="char", preprocessor=padded, ngram_range=(1, 4), min_df=2).fit(TEXTS)
    counts = np.hstack([by_word.transform(TEXTS).toarray(), by_char.transform(TEXTS).toarray()])
    wanted = TfidfTransformer(sublinear_tf=sublinear).fit_transform(counts).toarray()
    names = [*(f"w {n}" for n in by_word.get_feature_names_out()), *(f"c {n}" for n in by_char.get_feature_names_out())]
    words = ours.word_grams.width if ours.word_grams else 0
    mine = [f"{'w' if at < words else 'c'} {name}" for at, name in enumerate(ours.names())]
    assert sorted(mine) == sorted(names)
    order = [mine.index(name) for name in names]
    np.testing.assert_allclose(matrix.toarray()[:, order], wanted, atol=1e-5)
    np.testing.assert_array_equal(ours.weighted(TEXTS).toarray(), matrix.toarray())


def test_arrays_bring_it_back_exactly() -> None:
    ours, _ = build(TEXTS, Pieces())
    back = Vocabulary.of(ours.pieces, ours.arrays())
    np.testing.assert_array_equal(back.weighted(TEXTS).toarray(), ours.weighted(TEXTS).toarray())
    assert back.names() == ours.names()


@pytest.mark.parametrize("pieces", [Pieces((0, 0), (2, 3)), Pieces((1, 1), (0, 0)), Pieces((2, 2), (3, 3), min_df=1)])
def test_either_kind_of_n_gram_may_be_left_out(pieces: Pieces) -> None:
    ours, matrix = build(TEXTS, pieces)
    back = Vocabulary.of(pieces, ours.arrays())
    assert matrix.shape == (len(TEXTS), back.width) and back.width > 0
    assert (back.weighted(["never ﷽ seen"]).toarray() >= 0).all()


def test_no_more_features_are_kept_than_allowed_and_they_are_the_most_frequent() -> None:
    few, _ = build(TEXTS, Pieces(max_features=50))
    all_names, all_counts = build(TEXTS, Pieces())
    rows_with = dict(zip(all_names.names(), np.bincount(all_counts.indices, minlength=all_names.width), strict=False))
    assert few.width == 50
    worst = min(rows_with[name] for name in few.names())
    assert sum(count > worst for count in rows_with.values()) < 50


def test_chunks_and_samples_change_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, matrix = build(TEXTS, Pieces())
    monkeypatch.setattr(vocabulary, "CHUNK_SYMBOLS", 100)
    np.testing.assert_array_equal(ours.weighted(TEXTS).toarray(), matrix.toarray())
    monkeypatch.setattr(vocabulary, "LEARNED_SYMBOLS", 1000)
    sampled, fewer = build(TEXTS, Pieces())
    assert 0 < sampled.width < ours.width
    assert fewer.shape[0] == len(TEXTS)


def test_lone_surrogates_and_long_texts_are_read() -> None:
    ours, _ = build(["\ud800 좋다", "\ud800 좋다"], Pieces())
    assert ours.weighted(["\ud800", "좋다" * 500_000]).shape[0] == 2
    assert Vocabulary.of(ours.pieces, ours.arrays()).words == ours.words


@pytest.mark.parametrize("texts", [[""], ["a"], ["", ""]])
def test_texts_that_share_nothing_give_an_empty_matrix(texts: list[str]) -> None:
    _, matrix = build(texts, Pieces(min_df=3))
    assert matrix.shape == (len(texts), 0)


@pytest.mark.parametrize("words, chars, say", [((2, 1), (1, 2), "words must be"), ((0, 0), (0, 0), "got neither")])
def test_ranges_that_are_none_are_refused(words: tuple[int, int], chars: tuple[int, int], say: str) -> None:
    with pytest.raises(InputError, match=say):
        Pieces(words, chars)
