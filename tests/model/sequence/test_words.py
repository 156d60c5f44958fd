"""Are rows of words read and padded as they stand, and is a word the mean of its pieces?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.errors import InputError
from naeum.model.sequence.words import WordReading, known_pieces, place, read, read_texts, vectors_of

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch

TEXTS = ["좋은 영화 좋은 배우", "", "영화 좋은"]


def module(known: np.ndarray) -> torch.nn.Module:
    return vectors_of(len(known), WordReading(width=4, dropout=0.0)).eval()


def test_a_word_is_the_mean_of_its_pieces_and_padding_is_zero() -> None:
    known = known_pieces(["좋은", "좋은", "영화", "영화"], 1000)
    found, made = read_texts(TEXTS, known, 8), module(known)
    inputs = found.collate(np.array([2, 0, 1]))
    vectors = made(**inputs)
    assert vectors.shape == (3, 4, 4)
    assert (inputs["places"] > 0).sum(dim=1).tolist() == [2, 4, 1]
    assert not vectors[0, 2:].any()
    torch.testing.assert_close(vectors[0, 1], vectors[1, 0])  # 좋은, wherever it stands
    own = found.pieces[found.starts[0] : found.starts[1]]  # 좋은 was the first word
    torch.testing.assert_close(vectors[1, 2], made.bag.weight[torch.as_tensor(own.astype(np.int64))].mean(dim=0))
    torch.testing.assert_close(vectors[2, 0], made.bag.weight[0])  # no word at all: UNKNOWN


def test_a_word_never_seen_has_the_pieces_it_shares() -> None:
    known = known_pieces(["재미있다", "재미있다"], 1000)
    found = read(["재미있는"], np.array([0, 1]), known)
    assert (found.pieces > 0).all() and len(found.pieces) > 3


def test_learned_vectors_are_put_at_their_pieces() -> None:
    pieces, known = np.array([3, 5, 9], np.uint64), np.array([5, 9, 11], np.uint64)
    made = vectors_of(3, WordReading(width=2))
    before = made.bag.weight.detach().clone()
    place(made, pieces, known, np.array([[9, 9], [1, 2], [3, 4], [5, 6]], np.float32))
    after = made.bag.weight.detach()
    torch.testing.assert_close(after[:2], before[:2])
    torch.testing.assert_close(after[3] / after[2], torch.tensor([3.0, 2.0]))
    assert after[2:].std(unbiased=False).item() == pytest.approx(0.5, rel=1e-4)
    place(made, pieces, np.empty(0, np.uint64), np.zeros((1, 2), np.float32))  # nothing learned, nothing put


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="vectors must be one of random, own; got 'mine'"):
        WordReading(vectors="mine")
    with pytest.raises(InputError, match=r"width, max_length and pieces must be at least 1 .* got 0, 128"):
        WordReading(width=0)
