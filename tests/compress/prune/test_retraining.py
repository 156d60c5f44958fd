"""Is it learned from the answers given before in their share, and are numbers told in their own units?"""

import numpy as np
import pytest
import torch

from naeum.compress.prune.retraining import TEMPERATURE, Taught, Work, away
from naeum.model.text.finetuned import FineTuned
from naeum.testing.worlds import numbers
from naeum.train.recipe import Objective, Optimization


def test_the_same_answers_are_as_near_as_can_be():
    before = torch.tensor([[2.0, -1.0, 0.5]])
    moved = before.clone().requires_grad_()
    slope = torch.autograd.grad(away(moved, before, "label").sum(), moved)[0]
    torch.testing.assert_close(slope, torch.zeros_like(slope), atol=1e-6, rtol=0)
    soft = (before / TEMPERATURE).softmax(1)
    assert float(away(before, before, "label")) == pytest.approx(float(-(soft * soft.log()).sum() * TEMPERATURE**2))
    assert float(away(torch.tensor([[3.0]]), torch.tensor([[1.0]]), "number")) == 2.0
    assert float(away(torch.zeros(1, 2), torch.zeros(1, 2), "labels")) == pytest.approx(np.log(2))


def test_the_loss_is_both_in_shares():
    def own(scores, target, soft=None):
        return torch.full((len(scores),), 10.0 if soft is None else 20.0)

    scores, before = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 0.0, 1.0, 0.0]])
    second = float(away(scores, before[:, 2:], "label"))
    for wanted, first in ((False, 10.0), (True, 20.0)):
        loss = Taught(own, 2, wanted, 0.25, "label")
        assert float(loss(scores, torch.tensor([0]), before)) == pytest.approx(0.75 * first + 0.25 * second)
    assert float(Taught(own, 2, False, 0.25, "label")(scores, torch.tensor([0]))) == 10.0


def test_without_a_share_the_task_alone_is_wanted(tuned, parts):
    work = Work.of(tuned, parts, Optimization(), Objective(), 0.0)
    assert work.examples.soft is None
    assert work.loss is work.plain


def test_the_answers_before_stand_beside_what_is_wanted(tuned, parts, work):
    np.testing.assert_allclose(work.examples.soft[:, 3:], tuned.predict(work.fit.rows).scores, atol=1e-5)
    assert work.bare.soft is None


def test_numbers_are_learned_in_deviations_and_answered_in_their_own_units(base, run):
    parts = numbers.parts(12)
    fitted = run.fit(FineTuned(base=base, optimization=Optimization(epochs=1.0), max_length=32), parts)
    work = Work.of(fitted, parts, Optimization(), Objective(), 0.5)
    job = work.job(fitted.network, seed=0, dropout=0.0)
    inputs = work.examples.collate(np.arange(4))
    with torch.no_grad():
        told = job.module.eval()(**inputs)[:, 0].numpy()
        np.testing.assert_allclose(told, work.examples.soft[:4, 1], atol=1e-4)
        again = work.settled(job.module)(**inputs)[:, 0].numpy()
        own = fitted.network(**inputs)[:, 0].numpy()
    np.testing.assert_allclose(again, own, rtol=1e-4)
