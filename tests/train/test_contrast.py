"""Is the loss that of its paper, and does every row stand beside others of its class once an epoch?"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from naeum.train.contrast import Contrast, Together


def unit(rows: int, seed: int = 0) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.randn(rows, 5, generator=torch.Generator().manual_seed(seed)), dim=1)


def test_the_loss_is_the_formula_row_by_row() -> None:
    vectors, target = unit(7), torch.tensor([0, 0, 0, 1, 1, 2, 2])
    found = Contrast(0.2)(vectors, target)
    for i in range(7):
        among = [a for a in range(7) if a != i]
        bottom = torch.logsumexp(torch.stack([vectors[i] @ vectors[a] / 0.2 for a in among]), dim=0)
        same = [p for p in among if target[p] == target[i]]
        wanted = -sum(vectors[i] @ vectors[p] / 0.2 - bottom for p in same) / len(same)
        assert float(found[i]) == pytest.approx(float(wanted), rel=1e-5)


def test_a_row_without_another_of_its_class_says_nothing() -> None:
    vectors = unit(3).requires_grad_()
    found = Contrast(0.1)(vectors, torch.tensor([0, 1, 1]))
    assert float(found[0].detach()) == 0.0 and bool((found[1:] > 0).all())
    assert bool(torch.isfinite(torch.autograd.grad(found.sum(), vectors)[0]).all())
    assert Contrast(0.1)(unit(1), torch.tensor([0])).tolist() == [0.0]


def test_it_falls_where_rows_of_a_class_come_together() -> None:
    target = torch.tensor([0, 0, 1, 1])
    apart = torch.tensor([[1.0, 0], [0, 1], [1, 0], [0, 1]])
    together = torch.tensor([[1.0, 0], [1, 0], [0, 1], [0, 1]])
    assert float(Contrast(0.1)(together, target).mean()) < 0.01 < float(Contrast(0.1)(apart, target).mean())


@pytest.mark.parametrize("rows, together, size", [(60, 4, 16), (61, 3, 7), (5, 8, 64), (1, 2, 4)])
def test_every_row_comes_once_an_epoch_in_as_many_batches_as_the_loop_counts(
    rows: int, together: int, size: int
) -> None:
    target = np.random.default_rng(1).integers(0, 5, rows)
    found = Together(target, together, size)(seed=3, epoch=1)
    assert sorted(np.concatenate(found).tolist()) == list(range(rows))
    assert len(found) == -(-rows // size)
    assert all(len(batch) == size for batch in found[:-1])


def test_nearly_every_row_has_another_of_its_class_beside_it() -> None:
    target = np.arange(600) % 100
    found = Together(target, 4, 40)(seed=0, epoch=0)
    alone = [code for batch in found for code in target[batch] if (target[batch] == code).sum() == 1]
    assert len(alone) < 30


def test_epochs_and_seeds_differ_and_repeat() -> None:
    order = Together(np.arange(50) % 5, 2, 10)
    first = [batch.tolist() for batch in order(0, 0)]
    assert first == [batch.tolist() for batch in order(0, 0)]
    assert first != [batch.tolist() for batch in order(0, 1)]
    assert first != [batch.tolist() for batch in order(1, 0)]
