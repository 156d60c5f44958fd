"""Are the learning rates those of torch's own schedulers?"""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from naeum.train.schedules import factor


def of_torch(make, steps: int) -> list[float]:
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    scheduler = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def test_linear_is_torchs_linear_decay() -> None:
    expected = of_torch(lambda o: torch.optim.lr_scheduler.LinearLR(o, 1.0, 1e-12, total_iters=20), 20)
    assert [factor("linear", step, 20, 0.0) for step in range(20)] == pytest.approx(expected, abs=1e-9)


def test_cosine_is_torchs_cosine_decay() -> None:
    expected = of_torch(lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 20), 20)
    assert [factor("cosine", step, 20, 0.0) for step in range(20)] == pytest.approx(expected)


def test_step_is_torchs_multi_step_decay() -> None:
    expected = of_torch(lambda o: torch.optim.lr_scheduler.MultiStepLR(o, [12, 17], gamma=0.1), 20)
    assert [factor("step", step, 20, 0.0) for step in range(20)] == pytest.approx(expected)


@pytest.mark.parametrize("schedule", ["linear", "cosine", "step", "constant"])
def test_every_schedule_warms_up_to_the_peak_once(schedule: str) -> None:
    rates = [factor(schedule, step, 100, 0.1) for step in range(100)]
    assert rates[:10] == pytest.approx([(step + 1) / 10 for step in range(10)])
    assert max(rates) == 1.0
    assert all(rate > 0 for rate in rates)
    assert all(one >= other for one, other in itertools.pairwise(rates[9:]))


def test_a_schedule_of_one_step_has_a_rate() -> None:
    assert math.isclose(factor("linear", 0, 1, 0.1), 1.0)
