"""Are the losses of a student those of the papers, for every kind of answer?"""

import numpy as np
import pytest

from naeum.compress.distil.soft import Beside, Soft, Taught, unlike
from naeum.errors import InputError
from naeum.train.objectives import NumberLoss, loss_of
from naeum.train.recipe import Objective

torch = pytest.importorskip("torch")
SCORES = torch.tensor([[2.0, -1.0, 0.5], [0.1, 0.2, -3.0]])
TOLD = torch.tensor([[-0.2, -2.0, -3.0], [-1.0, -1.1, -1.2]])


@pytest.mark.parametrize("temperature", [1.0, 3.0])
def test_classes_are_compared_by_the_divergence_of_softened_answers(temperature):
    p, q = (torch.softmax(one.double() / temperature, 1) for one in (TOLD, SCORES))
    wanted = temperature**2 * (p * (p.log() - q.log())).sum(1)
    np.testing.assert_allclose(unlike(SCORES, TOLD, "label", temperature), wanted, rtol=1e-5)


def test_labels_are_classes_of_yes_and_no():
    p, q = torch.sigmoid(TOLD / 2).double(), torch.sigmoid(SCORES / 2).double()
    each = p * (p / q).log() + (1 - p) * ((1 - p) / (1 - q)).log()
    np.testing.assert_allclose(unlike(SCORES, TOLD, "labels", 2.0), 4 * each.mean(1), rtol=1e-4)


def test_numbers_are_compared_by_half_their_square():
    assert unlike(torch.tensor([[3.0]]), torch.tensor([[1.0]]), "number", 5.0).tolist() == [2.0]


def test_the_gradient_of_equal_answers_is_none():
    scores = TOLD.clone().requires_grad_()
    unlike(scores, TOLD, "label", 4.0).sum().backward()
    assert float(scores.grad.abs().max()) < 1e-6


def test_rows_without_a_truth_learn_from_the_teacher_alone():
    target = torch.tensor([0, 1])
    hard = loss_of(Objective(), np.array([0, 1]), 3)
    loss = Taught(hard, Soft(alpha=0.25), "label", 3, matrix=False)
    given = torch.cat([TOLD, torch.tensor([[1.0], [0.0]])], dim=1)
    told, true = unlike(SCORES, TOLD, "label", 2.0), hard(SCORES, target)
    np.testing.assert_allclose(loss(SCORES, target, given), [0.25 * told[0] + 0.75 * true[0], told[1]], rtol=1e-6)


def test_what_is_wanted_may_be_a_matrix_and_a_further_column_may_count():
    loss = Taught(NumberLoss(Objective()), Soft(alpha=0.5), "number", 1, matrix=True, beyond=2.0)
    scores, given = torch.tensor([[1.0, 0.25]]), torch.tensor([[0.0, 3.0, 1.0]])
    assert loss(scores, torch.zeros(1, dtype=torch.long), given).tolist() == [0.5 * 2.0 + 0.5 * 0.5 + 2.0 * 0.25]
    with pytest.raises(InputError, match="a student must be told what its teacher says; got nothing; report this"):
        loss(scores, torch.zeros(1, dtype=torch.long))


def test_matrices_beside_each_other_are_told_apart_by_their_content():
    one = Beside((np.zeros((4, 2), np.float32), np.ones((4, 1), np.float32)))
    assert one[np.array([1, 3])].shape == (2, 3)
    assert one.tobytes() != Beside((np.ones((4, 2), np.float32), np.ones((4, 1), np.float32))).tobytes()


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(InputError, match=r"alpha must be in \[0, 1\] and temperature above 0 .* got 2 and 2\.0"):
        Soft(alpha=2)
