"""Does a look see what is there, rarely enough, and leave the module as it was?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from naeum.contract import Policy
from naeum.train import look as looking
from naeum.train.look import every, logits_of, look
from naeum.train.recipe import Course

POLICY = Policy(threads=1)


def test_logits_are_those_of_each_row_alone(make_job) -> None:
    job = make_job()
    found = logits_of(job.module, job.tune, POLICY, 3)
    alone = [job.module(**job.tune.collate([row])).detach().numpy()[0] for row in range(len(job.tune))]
    np.testing.assert_allclose(found, np.array(alone), atol=1e-5)


def test_rows_are_answered_in_order_however_they_are_cut(make_job, monkeypatch: pytest.MonkeyPatch) -> None:
    job = make_job()
    whole = logits_of(job.module, job.tune, POLICY, 3)
    monkeypatch.setattr(looking, "EVALUATION_TOKENS", 9)
    np.testing.assert_allclose(logits_of(job.module, job.tune, POLICY, 3), whole, atol=1e-5)


def test_no_rows_have_no_logits(make_job) -> None:
    job = make_job()
    none = replace(job.tune, lengths=np.empty(0, np.int64))
    assert logits_of(job.module, none, POLICY, 3).shape == (0, 3)


def test_the_loss_is_plain_and_weighted_and_the_score_the_judges(make_job) -> None:
    job = make_job()
    weight = np.linspace(0, 2, len(job.tune)).astype(np.float32)
    job = replace(job, tune=replace(job.tune, weight=weight), judge=lambda logits, target: float(len(target)))
    seen = look(job, POLICY)
    logits = torch.as_tensor(logits_of(job.module, job.tune, POLICY, 3))
    losses = torch.nn.functional.cross_entropy(logits, torch.as_tensor(job.tune.target), reduction="none")
    assert seen.loss == pytest.approx(float((losses * torch.as_tensor(weight)).sum() / weight.sum()), rel=1e-5)
    assert seen.score == len(job.tune)
    assert look(replace(job, judge=None), POLICY).score == -seen.loss


def test_a_look_leaves_the_module_in_training(make_job) -> None:
    job = make_job()
    before = torch.get_rng_state()
    look(job, POLICY)
    assert job.module.training
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("rows, looks, expected", [(2000, 4, 32), (2000, 1, 125), (400, 4, 13), (100, 4, 7)])
def test_looks_are_a_few_an_epoch_and_fewer_where_tune_is_large(make_job, rows: int, looks: int, expected: int) -> None:
    job = make_job(rows=rows)  # 60 tune rows, batches of 16
    optimization = replace(job.optimization, course=Course(looks=looks))
    assert every(replace(job, optimization=optimization)) == expected
