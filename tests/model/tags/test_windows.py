"""Does every word find its pieces, in long sentences too, and is each answered once?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.engine import bases, tokens
from naeum.model.tags.sentences import Sentences, sentences
from naeum.model.tags.tagger import tagger
from naeum.model.tags.windows import windows
from naeum.testing.worlds import tags
from naeum.train.look import logits_of


@pytest.fixture
def base(tiny_base: str) -> bases.Base:
    return bases.find(tiny_base, Policy(offline=True))


def of(*rows: list[str]) -> Sentences:
    words = [word for row in rows for word in row]
    return Sentences(words, np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64))


def pieces(found, base: bases.Base) -> list[list[int]]:
    """The ids of the pieces that each word stands for."""
    places = []
    for window, (low, high) in enumerate(pairwise(found.units)):
        ids = found.pieces.ids[found.pieces.offsets[window] : found.pieces.offsets[window + 1]]
        places += [ids[found.first[word] : found.end[word]].tolist() for word in range(low, high)]
    return places


def alone(base: bases.Base, word: str) -> list[int]:
    return tokens.uncut(base, [word])[0].ids.tolist()


@pytest.mark.parametrize("limit", [64, 9, 5, 4, 3])
def test_words_stand_for_their_own_pieces(base: bases.Base, limit: int) -> None:
    given = of(["great", "영화", "movie!", "boring"], [], ["최고"], ["the", "배우가"] * 20)
    found = windows(base, given, limit, " ")
    assert found.units[-1] == len(given.words) == len(found.first)
    assert (found.pieces.lengths <= limit).all()
    for word, ids in zip(given.words, pieces(found, base), strict=True):
        own = alone(base, word)
        assert ids and ids == own[: len(ids)]


def test_words_of_a_long_sentence_stand_far_from_the_ends(base: bases.Base) -> None:
    found = windows(base, of(["the", "movie"] * 100), 34, " ")  # 32 pieces and the two at the ends
    assert len(found.units) - 1 == 12
    for window, (low, high) in enumerate(pairwise(found.units)):
        inside = found.first[low:high]
        if 0 < window < 11:
            assert inside.min() >= 8 and inside.max() <= 26


def test_characters_are_joined_and_share_pieces(base: bases.Base) -> None:
    given = of(list("영화 최고"))
    found = windows(base, given, 64, given.joint)
    ids = pieces(found, base)
    assert ids[0] == ids[1] == alone(base, "영화") and ids[3] == ids[4] == alone(base, "최고")


def test_odd_words_are_read_too(base: bases.Base) -> None:
    given = sentences(tags.odd(), tags.TASK)
    found = windows(base, given, 16, given.joint)
    assert found.units[-1] == len(given.words)
    sizes = np.repeat(found.pieces.lengths, np.diff(found.units))
    assert (found.first >= 0).all() and (found.first < found.end).all() and (found.end <= sizes).all()
    assert len(windows(base, of([], []), 16, " ").units) == 1


def test_weights_count_a_window_once_on_average(base: bases.Base) -> None:
    found = windows(base, of(["the"], ["movie", "the", "영화"]), 16, " ")
    made = found.examples(np.array([0, 1, 0, 1]), np.array([1, 2, 1, 1], np.float32))
    assert made.weight.sum() == pytest.approx(2) and made.weight[1] == pytest.approx(2 * made.weight[0])
    assert len(made) == 2 and made.answers == 4
    assert (found.bare().target == -1).all() and not found.bare().weight.any()


@pytest.mark.parametrize("how", ["first", "mean"])
def test_a_batch_answers_as_each_sentence_alone(base: bases.Base, how: str) -> None:
    from naeum.engine import sessions

    module = tagger(sessions.load(base), 3, pieces=how, cased=True, dropout=0.1)
    rng = np.random.default_rng(0)
    for parameter in (module.head.weight, module.case.weight):
        parameter.data.copy_(parameter.data.new_tensor(rng.normal(0, 1, parameter.shape)))
    rows = [["great", "NEW"], ["the", "Movie", "최고", "boring!"], ["영화"]]
    whole = logits_of(module, windows(base, of(*rows), 64, " ").bare(), Policy(threads=1), 3)
    one = [logits_of(module, windows(base, of(row), 64, " ").bare(), Policy(threads=1), 3) for row in rows]
    np.testing.assert_allclose(whole, np.concatenate(one), atol=1e-4)
