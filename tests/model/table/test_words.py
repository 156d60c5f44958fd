"""Do texts with the same pieces get like counts, wherever they stand?"""

import numpy as np

from naeum.model.table.words import LONGEST, ngram_counts


def test_like_texts_are_near_and_rows_have_length_one():
    found = ngram_counts(["서울 강남구 역삼동", "서울 강남구 삼성동", "Busan harbour", ""], 64)
    near = found @ found.T
    assert near[0, 1] > 0.5 > near[0, 2] and np.allclose(np.diag(near), [1, 1, 1, 0])


def test_a_text_is_counted_alone_and_to_its_limit():
    texts = ["가나다", "x", "🙂" * 10, "\ud800 half"]
    assert np.array_equal(ngram_counts(texts, 32), np.concatenate([ngram_counts([text], 32) for text in texts]))
    long = "ab" * LONGEST
    assert np.array_equal(ngram_counts([long], 16), ngram_counts([long + "zzz"], 16))
    assert ngram_counts([], 8).shape == (0, 8) and not ngram_counts(["", ""], 8).any()
