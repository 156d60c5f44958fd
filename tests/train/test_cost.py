"""Is the time of a training foreseen, without a trace in its result?"""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
import torch

from naeum.testing.runs import TinyRun
from naeum.train import cost, loop


class Slow(torch.nn.Module):
    """A module that takes a known time."""

    def __init__(self, inner: torch.nn.Module, seconds: float) -> None:
        super().__init__()
        self.inner, self.seconds = inner, seconds

    def forward(self, **inputs) -> torch.Tensor:
        time.sleep(self.seconds)
        return self.inner(**inputs)


def slow(make_job, **settings):
    job = make_job(**settings)
    return replace(job, module=Slow(job.module, 0.02))


def test_the_estimate_is_near_the_time_it_takes(make_job, run: TinyRun) -> None:
    expected = cost.measured(lambda: slow(make_job), run)
    begun = time.monotonic()
    loop.train(slow(make_job), run)
    took = time.monotonic() - begun
    assert 0.4 * took < expected < 3 * took  # other processes may slow either


def test_it_stops_at_what_was_decided(make_job, run: TinyRun) -> None:
    whole = cost.measured(lambda: slow(make_job), run)
    half = cost.measured(lambda: slow(make_job, stop_after=1.0), run)
    assert half < 0.6 * whole


def test_an_estimate_changes_nothing(make_job, run: TinyRun) -> None:
    job = make_job()
    before = {name: value.clone() for name, value in job.module.state_dict().items()}
    torch.manual_seed(1)
    state = torch.get_rng_state()
    cost.measured(lambda: job, run)
    assert all(torch.equal(before[name], value) for name, value in job.module.state_dict().items())
    assert torch.equal(state, torch.get_rng_state())
    assert list(run.scratch.iterdir()) == []


def test_a_learner_is_asked_for_its_own_estimate(run: TinyRun) -> None:
    class Learner:
        def estimate(self, parts, run) -> float:
            return 12.5

    assert cost.estimate(Learner(), None, run) == 12.5  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"must have estimate\(parts, run\) to be asked; got int"):
        cost.estimate(3, None, run)  # type: ignore[arg-type]


def test_nominal_seconds_are_the_same_everywhere() -> None:
    assert cost.nominal(2 * cost.NOMINAL_FLOPS) == 2.0
