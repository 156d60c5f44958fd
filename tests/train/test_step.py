"""Does a step move the weights as plain torch does, in parts too, and does it survive a lack of memory?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from naeum.contract import Policy
from naeum.train.step import Stepper, computing, targets

POLICY = Policy(threads=1)
ROWS = np.arange(16)


class Greedy(torch.nn.Module):
    """A module whose memory holds no more than `most` rows at once."""

    def __init__(self, inner: torch.nn.Module, most: int, error: Exception) -> None:
        super().__init__()
        self.inner, self.most, self.error = inner, most, error

    def forward(self, **inputs) -> torch.Tensor:
        if len(inputs["ids"]) > self.most:
            raise self.error
        return self.inner(**inputs)


def plain(make_job, **changed):
    """A job without dropout, so that parts and wholes can be compared."""
    job = make_job(sparse=False, average=0.0)
    job.module.dropout.p = 0.0
    return replace(job, **changed)


def gradients(stepper: Stepper) -> list[torch.Tensor]:
    found: list[torch.Tensor] = []
    for optimizer in stepper.optimizers:
        optimizer.step = lambda: found.extend(p.grad.clone() for p in stepper.parameters)  # type: ignore[method-assign]
    stepper.step(ROWS, 0.1, seed=0)
    return found


def test_a_step_is_that_of_plain_torch(make_job) -> None:
    job = plain(make_job)
    weight = np.linspace(0.5, 1.5, len(job.fit)).astype(np.float32)
    job = replace(job, fit=replace(job.fit, weight=weight), optimization=replace(job.optimization, layer_decay=1.0))
    mine = gradients(Stepper(replace(job, optimization=no_clip(job)), POLICY, str))
    loss = torch.nn.functional.cross_entropy(
        job.module(**job.fit.collate(ROWS)), torch.as_tensor(job.fit.target[ROWS]),
        label_smoothing=0.05, reduction="none",
    )  # fmt: skip
    job.module.zero_grad()
    (loss * torch.as_tensor(weight[ROWS])).mean().backward()
    for one, parameter in zip(mine, job.module.parameters(), strict=True):
        torch.testing.assert_close(one, parameter.grad)


def no_clip(job):
    return replace(job.optimization, course=replace(job.optimization.course, clip=0.0))


def test_a_batch_in_parts_has_the_gradient_of_the_whole(make_job) -> None:
    whole = gradients(Stepper(plain(make_job), POLICY, str))
    parts = gradients(Stepper(plain(make_job, micro_tokens=20), POLICY, str))
    for one, other in zip(whole, parts, strict=True):
        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"),
        RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"),
        MemoryError(),
    ],
)
def test_when_memory_runs_out_the_same_step_is_taken_in_parts(make_job, error: Exception) -> None:
    notes: list[str] = []
    job = plain(make_job)
    stepper = Stepper(replace(job, module=Greedy(job.module, 5, error)), POLICY, notes.append)
    found = gradients(stepper)
    for one, other in zip(found, gradients(Stepper(plain(make_job), POLICY, str)), strict=True):
        torch.testing.assert_close(one, other, atol=1e-6, rtol=1e-5)
    assert stepper.micro_tokens < job.micro_tokens
    assert notes and "memory ran out" in notes[0]


def test_a_row_that_does_not_fit_alone_is_an_error(make_job) -> None:
    job = plain(make_job)
    greedy = Greedy(job.module, 0, MemoryError("no room for one row"))
    with pytest.raises(MemoryError, match="no room for one row"):
        Stepper(replace(job, module=greedy), POLICY, str).step(ROWS, 0.1, seed=0)


def test_another_error_is_not_taken_for_a_lack_of_memory(make_job) -> None:
    job = plain(make_job)
    broken = Greedy(job.module, 0, RuntimeError("shapes differ"))
    with pytest.raises(RuntimeError, match="shapes differ"):
        Stepper(replace(job, module=broken), POLICY, str).step(ROWS, 0.1, seed=0)


def test_a_step_can_be_repeated(make_job) -> None:
    found = []
    for _ in range(2):
        job = make_job()
        Stepper(job, POLICY, str).step(ROWS, 0.1, seed=7)
        found.append(job.module.head.weight.detach().clone())
    assert torch.equal(found[0], found[1])


def test_unlabelled_rows_with_soft_targets_have_a_code_that_is_not_used(make_job) -> None:
    job = make_job()
    soft = np.full((len(job.fit), 3), 1 / 3, np.float32)
    fit = replace(job.fit, target=np.full(len(job.fit), -1), soft=soft)
    codes, found, _ = targets(fit, ROWS, "cpu")
    assert codes.tolist() == [0] * 16
    assert found is not None and found.shape == (16, 3)


@pytest.mark.parametrize(
    ("dtype", "learning", "computed"),
    [
        ("float32", False, torch.float32), ("float32", True, torch.float32), ("bfloat16", False, torch.bfloat16),
        ("bfloat16", True, torch.bfloat16), ("float16", False, torch.float16), ("float16", True, torch.float32),
    ],
)  # fmt: skip
def test_float16_answers_and_never_learns(dtype, learning, computed):
    one = torch.ones(2, 2)
    with computing(Policy(threads=1, dtype=dtype), learning=learning):
        assert (one @ one).dtype == computed
