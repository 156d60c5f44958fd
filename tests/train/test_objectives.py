"""Are the losses those of torch, and those of their papers?"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from naeum.train.objectives import class_counts, loss_of
from naeum.train.recipe import Objective

LOGITS = torch.randn(12, 4, generator=torch.Generator().manual_seed(0)) * 2
TARGET = torch.tensor([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3])
CODES = TARGET.numpy()


def test_cross_entropy_with_smoothing_is_torchs() -> None:
    for smoothing in (0.0, 0.15):
        mine = loss_of(Objective(label_smoothing=smoothing), CODES, 4)(LOGITS, TARGET)
        theirs = functional.cross_entropy(LOGITS, TARGET, reduction="none", label_smoothing=smoothing)
        torch.testing.assert_close(mine, theirs)


def test_balanced_weights_are_torchs_and_scikit_learns() -> None:
    from sklearn.utils.class_weight import compute_class_weight

    weights = torch.tensor(compute_class_weight("balanced", classes=np.arange(4), y=CODES), dtype=torch.float32)
    for smoothing in (0.0, 0.1):
        mine = loss_of(Objective(class_weight="balanced", label_smoothing=smoothing), CODES, 4)(LOGITS, TARGET)
        theirs = functional.cross_entropy(LOGITS, TARGET, weight=weights, reduction="none", label_smoothing=smoothing)
        torch.testing.assert_close(mine, theirs)
    assert float(weights[TARGET].mean()) == pytest.approx(1.0)


def test_focal_is_the_formula_of_its_paper() -> None:
    probability = LOGITS.softmax(dim=1)[torch.arange(12), TARGET]
    mine = loss_of(Objective(loss="focal", focal_gamma=2.0), CODES, 4)(LOGITS, TARGET)
    torch.testing.assert_close(mine, -((1 - probability) ** 2) * probability.log())
    plain = loss_of(Objective(loss="focal", focal_gamma=0.0), CODES, 4)(LOGITS, TARGET)
    torch.testing.assert_close(plain, functional.cross_entropy(LOGITS, TARGET, reduction="none"))


def test_focal_has_a_gradient_where_the_answer_is_certain() -> None:
    logits = torch.tensor([[60.0, 0.0], [-60.0, 0.0]], requires_grad=True)
    loss_of(Objective(loss="focal", focal_gamma=0.5), np.array([0, 0]), 2)(
        logits, torch.tensor([0, 0])
    ).sum().backward()
    assert logits.grad is not None and bool(torch.isfinite(logits.grad).all())


def test_logit_adjustment_adds_the_log_of_the_shares() -> None:
    shares = (np.bincount(CODES) + 1.0) / 16
    mine = loss_of(Objective(logit_adjustment=1.5), CODES, 4)(LOGITS, TARGET)
    moved = LOGITS + 1.5 * torch.as_tensor(np.log(shares), dtype=torch.float32)
    torch.testing.assert_close(mine, functional.cross_entropy(moved, TARGET, reduction="none"))


def test_soft_targets_are_torchs() -> None:
    soft = torch.rand(12, 4, generator=torch.Generator().manual_seed(1))
    soft = soft / soft.sum(dim=1, keepdim=True)
    loss = loss_of(Objective(label_smoothing=0.1), CODES, 4, soft.numpy())
    theirs = functional.cross_entropy(LOGITS, soft, reduction="none", label_smoothing=0.1)
    torch.testing.assert_close(loss(LOGITS, TARGET, soft), theirs)


def test_a_class_without_rows_weighs_nothing() -> None:
    loss = loss_of(Objective(class_weight="balanced", logit_adjustment=1.0), np.array([0, 0, 1]), 3)
    found = loss(torch.zeros(3, 3), torch.tensor([0, 0, 1]))
    assert bool(torch.isfinite(found).all())
    assert class_counts(np.array([0, 0, 1]), 3).tolist() == [2.0, 1.0, 0.0]
