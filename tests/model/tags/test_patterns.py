"""Are patterns read off words and their neighbours, the same for the same words wherever they stand?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.model.tags.patterns import matrix_of, patterns, patterns_of, shape, short
from naeum.model.tags.sentences import Sentences


def of(*rows: list[str]):
    words = [word for row in rows for word in row]
    return patterns(Sentences(words, np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)))


def keys(found, word: int) -> set[int]:
    return {*found.keys[found.offsets[word] : found.offsets[word + 1]].tolist()}


@pytest.mark.parametrize(
    ("word", "stem", "particle"),
    [("서울에서", "서울", "에서"), ("나는", "나", "는"), ("은", "은", ""), ("학교", "학교", "")],
)  # fmt: skip
def test_korean_words_have_stem_and_particle(word: str, stem: str, particle: str) -> None:
    assert {f"stem={stem}", f"particle={particle}"} <= {*patterns_of(word)}


def test_other_words_have_none() -> None:
    assert not any(said.startswith(("stem", "particle")) for said in patterns_of("Seoul"))


def test_beginnings_endings_and_shapes_are_read() -> None:
    said = {*patterns_of("McDonald7")}
    assert {"word=mcdonald7", "begin3=mcd", "end4=ald7", "shape=XxXxxxxxd", "short=XxXxd"} <= said
    assert (shape("가-A"), short("AAAaaa11")) == ("h-X", "Xxd")
    assert len(shape("x" * 5000)) <= 40


def test_the_same_sentence_has_the_same_patterns_wherever_it_stands() -> None:
    alone, among = of(["New", "York", "is"]), of(["Yes"], ["New", "York", "is"], [], ["서울"])
    for word in range(3):
        assert keys(alone, word) == keys(among, word + 1)


def test_neighbours_and_their_places_matter() -> None:
    one, other = of(["a", "x", "b"]), of(["b", "x", "a"])
    assert keys(one, 1) != keys(other, 1)
    assert keys(of(["x"], ["y"]), 1) == keys(of(["y"]), 0)


def test_the_matrix_holds_the_known_patterns() -> None:
    found = of(["서울", "은", "서울"], ["서울"])
    known = found.known(2, 10**6)
    assert (np.diff(known.astype(object)) > 0).all()
    matrix = matrix_of(found, known).toarray()
    for word in range(4):
        assert matrix[word].sum() == len(keys(found, word) & {*known.tolist()})
    assert len(found.known(1, 5)) == 5 and len(found.known(99, 5)) == 0
    assert matrix_of(found, found.known(99, 5)).shape == (4, 0)
    assert matrix_of(of(["new"]), known).shape == (1, len(known))


def test_no_word_has_no_pattern() -> None:
    assert matrix_of(of([], []), of(["a"]).known(1, 9)).shape == (0, 9)
