"""Are made texts new, near the given ones, and the same for the same seed?"""

from naeum.compress.distil.wording import made

TEXTS = ["이 영화 정말 재미있다", "배우 연기 좋다", "정말 지루한 영화", "돈", ""]


def test_made_texts_are_new_and_of_the_words_there_are():
    new, source = made(TEXTS, 6.0, seed=3)
    words = {word for text in TEXTS for word in text.split()}
    assert len(new) == len(set(new)) == len(source) > len(TEXTS)
    assert not set(new) & set(TEXTS)
    assert all(set(text.split()) <= words for text in new)
    assert set(source) <= {0, 1, 2}  # a word alone, or nothing, is nothing to make a text from


def test_one_seed_makes_one_lot():
    assert made(TEXTS, 3.0, seed=1) == made(TEXTS, 3.0, seed=1) != made(TEXTS, 3.0, seed=2)


def test_nothing_is_made_from_nothing():
    assert made(["", "하나"], 4.0, seed=0) == made([], 1.0, seed=0) == ([], [])
