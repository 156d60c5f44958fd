"""Are further answers read as classes or numbers, and is nothing asked of rows without one?"""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from naeum.errors import InputError
from naeum.model.text.further import FEW_VALUES, MOST_CLASSES, Asked, Head, Together, further_loss


def asked(values) -> Asked:
    return Asked(np.zeros((len(values), 0), np.float32)).with_column(values)


def test_words_are_classes_and_a_missing_or_lonely_one_is_not_asked() -> None:
    found = asked(["영화", "음식", None, "음식", "영화", "홀로", " "])
    assert found.heads == (Head(0, 2),)
    assert found.wanted.sum(axis=1).tolist() == [1, 1, 0, 1, 1, 0, 0]
    assert (found.wanted[0] == found.wanted[4]).all()


def test_many_numbers_are_a_number_few_are_classes() -> None:
    many = asked([*map(str, range(FEW_VALUES + 1)), None, "?"])
    assert many.heads == (Head(0, 1, number=True),)
    assert np.isnan(many.wanted[-2:]).all()
    known = many.wanted[:-2]
    assert known.mean() == pytest.approx(0, abs=1e-6)
    assert known.std() == pytest.approx(1, rel=1e-5)
    assert asked(["1", "2", "1", "2"]).heads == (Head(0, 2),)


def test_a_column_that_says_nothing_has_no_head() -> None:
    for values in (["a"] * 4, [None] * 4, ["a", "b", "c", "d"]):
        assert asked(values).heads == ()
        assert asked(values).columns == 0


def test_classes_are_as_many_as_can_be_learned() -> None:
    assert asked([f"말{at % 150}" for at in range(600)]).columns == MOST_CLASSES


def test_rows_without_an_answer_have_neither_loss_nor_gradient() -> None:
    for wanted, number in (([[1.0, 0.0], [0.0, 0.0]], False), ([[0.5], [math.nan]], True)):
        target = torch.tensor(wanted)
        scores = torch.randn(target.shape, generator=torch.Generator().manual_seed(0), requires_grad=True)
        losses = further_loss(scores, target, number)
        losses.sum().backward()
        assert losses[0] > 0
        assert losses[1] == 0
        assert (scores.grad[0] != 0).any()
        assert (scores.grad[1] == 0).all()


def test_the_losses_are_added_by_their_weights() -> None:
    def main(scores, target, soft):
        assert soft is None
        return scores[:, 0]

    scores, wanted = torch.tensor([[2.0, 9.0, 0.0, 0.0, 1.5, 7.0]]), torch.tensor([[0.0, 0.0, 1.0, 0.0, 1.5]])
    heads = (Head(0, 2), Head(2, 1, number=True))
    loss = Together(main, 2, False, heads, weight=0.5, views=0.1)
    assert float(loss(scores, torch.tensor([0]), wanted)) == pytest.approx(2.0 + 0.5 * (1.0 + 0.0) / 2 + 0.1 * 7.0)
    with pytest.raises(InputError, match="further heads must be told what is wanted"):
        loss(scores, torch.tensor([0]), None)
