"""Do the heads read the real words alone, and start the same from one seed?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.readers import BODIES, row_reader, word_reader
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading, known_pieces, read

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch

SHAPES = (Recurrence("gru", width=4), Attention(width=8, layers=1, heads=2))
READING = WordReading(width=6, max_length=9)
WORDS = ["정말", "좋은", "영화", "정말", "지루한", "영화"]


def rows():
    known = known_pieces(WORDS, 100)
    return known, read(WORDS, np.array([0, 1, 4, 6]), known)


def test_every_body_is_tried() -> None:
    assert {type(shape) for shape in SHAPES} == set(BODIES)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_rows_are_read_alike_alone_and_among_others(shape) -> None:
    known, found = rows()
    module = row_reader(shape, READING, len(known), 3, 7, 0.5).eval()
    whole = module(**found.collate(np.arange(3)))
    alone = torch.cat([module(**found.collate(np.array([at]))) for at in range(3)])
    assert whole.shape == (3, 3)
    torch.testing.assert_close(whole, alone, atol=1e-5, rtol=1e-4)
    assert module.pooled(**found.collate(np.arange(3))).shape == (3, module.head.in_features)
    again = row_reader(shape, READING, len(known), 3, 7, 0.5).eval()
    assert torch.equal(whole, again(**found.collate(np.arange(3))))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.kind)
def test_words_are_answered_in_their_order(shape) -> None:
    known, found = rows()
    looks = torch.rand(6, 2)
    module = word_reader(shape, READING, len(known), 3, 7, 0.5, 2).eval()
    whole = module(**found.collate(np.arange(3)), looks=looks)
    assert whole.shape == (6, 3)
    parts = [(0, looks[:1]), (1, looks[1:4]), (2, looks[4:])]
    alone = torch.cat([module(**found.collate(np.array([at])), looks=seen) for at, seen in parts])
    torch.testing.assert_close(whole, alone, atol=1e-5, rtol=1e-4)
