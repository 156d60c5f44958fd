"""Is what is seen of words theirs, and that of their neighbours only inside the sentence?"""

from __future__ import annotations

import numpy as np

from naeum.model.tags.looks import CASES, LOOKS, WIDTH, case_of, ends, look, looks
from naeum.model.tags.sentences import Sentences


def test_every_word_has_one_case_and_one_length_at_most() -> None:
    for word in (
        "",
        " ",
        "a",
        "A",
        "Ab",
        "iPod",
        "USA",
        "7",
        "3G",
        "@x",
        "#서울",
        "http://a.b",
        "서울",
        "漢字",
        "ß",
        "ǅ",
    ):
        seen = look(word)
        assert len(seen) == LOOKS and sum(seen[:CASES]) == 1 and seen[case_of(word)]
        assert sum(seen[-4:]) <= 1


def test_neighbours_stand_in_the_same_sentence() -> None:
    found = looks(Sentences(["New", "york", "USA"], np.array([0, 2, 2, 3])))
    own = np.array([look(word) for word in ("New", "york", "USA")], np.float32)
    assert found.shape == (3, WIDTH)
    assert np.array_equal(found[:, :LOOKS], own)
    assert np.array_equal(found[1, LOOKS : 2 * LOOKS], own[0]) and np.array_equal(
        found[0, 2 * LOOKS : 3 * LOOKS], own[1]
    )
    assert not found[[0, 2], LOOKS : 2 * LOOKS].any() and not found[[1, 2], 2 * LOOKS : 3 * LOOKS].any()
    assert found[:, -2:].tolist() == [[1, 0], [0, 1], [1, 1]]


def test_ends_of_empty_sentences_are_nowhere() -> None:
    first, last = ends(np.array([0, 0, 1, 1, 3, 3]))
    assert first.tolist() == [True, True, False] and last.tolist() == [True, False, True]
