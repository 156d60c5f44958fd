"""Are the losses those of torch, and those of their papers?"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from naeum.errors import InputError
from naeum.train.objectives import HUBER_REACH, class_counts, loss_of, plain
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


WANTED = (torch.rand(12, 4, generator=torch.Generator().manual_seed(2)) < 0.3).float()
NUMBERS = torch.randn(12, 1, generator=torch.Generator().manual_seed(4)) * 2


def test_several_labels_are_torchs_binary_cross_entropy() -> None:
    theirs = functional.binary_cross_entropy_with_logits(LOGITS, WANTED, reduction="none").mean(dim=1)
    torch.testing.assert_close(loss_of(Objective(), CODES, 4, WANTED.numpy(), "labels")(LOGITS, TARGET, WANTED), theirs)
    torch.testing.assert_close(plain(LOGITS, TARGET, WANTED, "labels"), theirs)
    smooth = loss_of(Objective(label_smoothing=0.2), CODES, 4, WANTED.numpy(), "labels")(LOGITS, TARGET, WANTED)
    softer = functional.binary_cross_entropy_with_logits(LOGITS, 0.8 * WANTED + 0.1, reduction="none").mean(dim=1)
    torch.testing.assert_close(smooth, softer)


def test_a_rare_label_weighs_more_where_balanced_and_is_expected_less_where_adjusted() -> None:
    wanted = torch.zeros(9, 1)
    wanted[0] = 1
    zeros = torch.zeros(9, 1)
    found = loss_of(Objective(class_weight="balanced"), CODES[:9], 1, wanted.numpy(), "labels")(zeros, TARGET, wanted)
    assert float(found[0] / found[1]) == pytest.approx(9 / 2)
    moved = loss_of(Objective(logit_adjustment=1.0), CODES[:9], 1, wanted.numpy(), "labels")(zeros, TARGET, wanted)
    assert float(moved[0]) == pytest.approx(np.log(1 + 9 / 2), rel=1e-5)


def test_focal_labels_count_what_is_sure_less() -> None:
    logits, wanted = torch.tensor([[5.0], [0.0]]), torch.ones(2, 1)
    loss = loss_of(Objective(loss="focal", focal_gamma=2.0), np.zeros(2, np.int64), 1, wanted.numpy(), "labels")
    found = loss(logits, TARGET[:2], wanted)
    p = logits.sigmoid()
    torch.testing.assert_close(found, (-((1 - p) ** 2) * p.log()).squeeze(1))


def test_numbers_are_judged_by_squares_or_by_huber() -> None:
    scores = torch.zeros(12, 1)
    for loss in ("cross_entropy", "squared"):
        found = loss_of(Objective(loss=loss), CODES, 1, NUMBERS.numpy(), "number")(scores, TARGET, NUMBERS)
        torch.testing.assert_close(found, 0.5 * NUMBERS.squeeze(1) ** 2)
    torch.testing.assert_close(plain(scores, TARGET, NUMBERS, "number"), 0.5 * NUMBERS.squeeze(1) ** 2)
    found = loss_of(Objective(loss="huber"), CODES, 1, NUMBERS.numpy(), "number")(scores, TARGET, NUMBERS)
    far = NUMBERS.squeeze(1).abs()
    torch.testing.assert_close(found, torch.where(far < HUBER_REACH, 0.5 * far**2, HUBER_REACH * (far - 0.5)))


@pytest.mark.parametrize("loss, output", [("huber", "label"), ("squared", "labels"), ("focal", "number")])
def test_a_loss_of_another_kind_of_answer_is_refused(loss: str, output) -> None:
    with pytest.raises(InputError, match=f"the loss of the output {output} must be one of .*; got '{loss}'"):
        loss_of(Objective(loss=loss), CODES, 4, None, output)


def test_labels_and_numbers_must_be_given() -> None:
    with pytest.raises(InputError, match="must come as a matrix of what is wanted; got none"):
        loss_of(Objective(), CODES, 4, WANTED.numpy(), "labels")(LOGITS, TARGET)


def test_the_asymmetric_loss_is_as_its_paper_says():
    rng = np.random.default_rng(0)
    logits, wanted = rng.normal(0, 2, (40, 3)), (rng.random((40, 3)) < 0.3).astype(np.float32)
    loss = loss_of(Objective(loss="asymmetric", focal_gamma=4.0), np.zeros(40, np.int64), 3, wanted, "labels")
    found = loss(torch.as_tensor(logits), torch.zeros(40, dtype=torch.int64), torch.as_tensor(wanted)).numpy()
    p = 1 / (1 + np.exp(-logits))
    less = np.maximum(p - 0.05, 0)
    each = -wanted * np.log(p) - (1 - wanted) * less**4 * np.log(1 - less)
    assert found == pytest.approx(each.mean(axis=1), rel=1e-4, abs=1e-6)


def test_labels_that_a_row_surely_lacks_count_nothing():
    loss = loss_of(Objective(loss="asymmetric"), np.zeros(1, np.int64), 2, np.zeros((1, 2), np.float32), "labels")
    logits = torch.tensor([[-4.0, -5.0]], requires_grad=True)
    loss(logits, torch.zeros(1, dtype=torch.int64), torch.zeros(1, 2)).sum().backward()
    assert logits.grad is not None and float(logits.grad.abs().max()) == 0.0


def test_the_asymmetric_loss_is_of_several_labels_alone():
    with pytest.raises(InputError, match="the loss of the output label must be one of cross_entropy, focal; got 'asym"):
        loss_of(Objective(loss="asymmetric"), np.zeros(2, np.int64), 2)


def test_places_in_passages_add_up_to_the_cross_entropy_of_starts_and_ends() -> None:
    logs = torch.log_softmax(LOGITS[:, :2], dim=0)
    wanted = torch.zeros(12, 2)
    wanted[3, 0] = wanted[5, 1] = 1.0
    loss = loss_of(Objective(), CODES, 2, soft=wanted.numpy(), output="span")
    assert float(loss(logs, TARGET, wanted).sum()) == pytest.approx(float(-logs[3, 0] - logs[5, 1]))
    torch.testing.assert_close(loss(logs, TARGET, wanted), plain(logs, TARGET, wanted, "span"))
    with pytest.raises(InputError, match="the loss of the output span must be one of cross_entropy; got 'focal'"):
        loss_of(Objective(loss="focal"), CODES, 2, output="span")
