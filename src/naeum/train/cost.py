"""How long will a training take here?

Measured: a copy of the module is trained for a moment; nothing of it reaches the real training. Nominal: from
floating-point operations alone, the same on every machine, for plans that must be replayed.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from naeum.contract import Parts, Run
from naeum.train.job import Examples, Job
from naeum.train.look import every, look
from naeum.train.loop import threads
from naeum.train.order import batches
from naeum.train.step import Stepper

WARM_STEPS = 20
WARM_SECONDS = 3.0
LOOK_ROWS = 100  # of tune, from which the seconds of a whole look are reckoned
COLD_STEPS = 2  # first steps allocate and choose kernels; they are not counted
QUANTILE_Z = 1.2816  # 90 % quantile of the normal distribution
NOISE = 0.15  # relative standard deviation of a machine's speed between two minutes, as measured on shared machines
NOMINAL_FLOPS = 50e9  # operations a second that two ordinary cores reach in a training loop of small batches


def estimate(learner: object, parts: Parts, run: Run) -> float:
    """Seconds that a learner with `estimate(parts, run)` says its fit takes, a 90 % quantile.

    Raises:
        TypeError: the learner cannot say.
    """
    ask = getattr(learner, "estimate", None)
    if ask is None:
        raise TypeError(
            f"a learner must have estimate(parts, run) to be asked; got {type(learner).__name__}; time its fit"
        )
    return float(ask(parts, run))


def nominal(flops: float) -> float:
    """Seconds of so many floating-point operations on a nominal machine.

    Example:
        >>> nominal(100e9)
        2.0
    """
    return flops / NOMINAL_FLOPS


def measured(make: Callable[[], Job], run: Run) -> float:
    """Seconds to make and train a job, a 90 % quantile; at most about WARM_SECONDS and the making are spent.

    Args:
        make: gives the job; its module is not touched beyond a copy.
    """
    import torch

    begun = time.monotonic()
    job = make()
    making = time.monotonic() - begun
    job = replace(job, module=copy.deepcopy(job.module))
    with torch.random.fork_rng(), threads(run.policy):
        per_step = _seconds_a_token(job, run)
        looks = _look_seconds(job, run)
    optimization = job.optimization
    rows = len(job.fit) * (optimization.course.stop_after or optimization.epochs)
    per_row = float(np.mean(job.fit.lengths))
    training = per_step * per_row * rows
    count = rows / (optimization.batch_size * every(job)) if job.tune is not None else 0.0
    return making + (training + looks * count) * (1 + QUANTILE_Z * NOISE)


def _seconds_a_token(job: Job, run: Run) -> float:
    """Seconds of training for each padded token, over a few steps; an upper estimate where they scatter."""
    stepper = Stepper(job, run.policy, lambda text: None)
    job.module.train()
    order = batches(job.fit.lengths, job.optimization.batch_size, run.seed, 0)
    took, tokens = [], []
    begun = time.monotonic()
    for number in range(WARM_STEPS + COLD_STEPS):
        batch = order[number % len(order)]
        start = time.monotonic()
        stepper.step(batch, rate=0.0, seed=number)
        if number >= COLD_STEPS:
            took.append(time.monotonic() - start)
            tokens.append(float(job.fit.lengths[batch].sum()))
        if time.monotonic() - begun > WARM_SECONDS and took:
            break
    return sum(took) / sum(tokens)


def _look_seconds(job: Job, run: Run) -> float:
    """Seconds of one look at tune, from a part of its rows."""
    if job.tune is None:
        return 0.0
    share = min(1.0, LOOK_ROWS / len(job.tune))
    short = replace(job, tune=_first(job.tune, LOOK_ROWS), judge=None)
    look(short, run.policy)  # the first one chooses kernels; scaled up to all rows it would drown the rest
    begun = time.monotonic()
    look(short, run.policy)
    return (time.monotonic() - begun) / share


def _first(examples: Examples, rows: int) -> Examples:
    kept = slice(rows) if examples.units is None else slice(int(examples.units[: rows + 1][-1]))
    return replace(
        examples,
        lengths=examples.lengths[:rows],
        target=examples.target[kept],
        weight=examples.weight[kept],
        soft=None if examples.soft is None else examples.soft[kept],
        units=None if examples.units is None else examples.units[: rows + 1],
    )
