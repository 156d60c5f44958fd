"""How good is a module on rows that it does not learn from, and when is that looked at?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats, Policy
from naeum.engine import compiling
from naeum.train.job import Examples, Job
from naeum.train.objectives import plain
from naeum.train.order import split, steps_per_epoch
from naeum.train.step import computing, placed, targets

if TYPE_CHECKING:
    import torch

# A look may cost about a ninth of the training between two looks: a row forward is a third of forward and backward.
FIT_ROWS_PER_TUNE_ROW = 3
EVALUATION_TOKENS = 8_192  # padded tokens at once: fills two cores, stays in tens of megabytes


@dataclass(frozen=True)
class Look:
    """What was seen on the tune rows."""

    loss: float  # plain cross entropy in nats, of numbers half the squared error; weighted by row
    score: float  # higher is better


def every(job: Job) -> int:
    """Steps between two looks: at most `looks` an epoch, fewer where tune is large beside fit.

    Example:
        An epoch of 1,000 steps of 10 rows, 1,000 tune rows: at most 10,000 / 3,000 = 3 looks an epoch.
    """
    steps = steps_per_epoch(len(job.fit), job.optimization.batch_size)
    if job.tune is None or not len(job.tune):
        return steps
    affordable = len(job.fit) // (FIT_ROWS_PER_TUNE_ROW * len(job.tune))
    return max(1, -(-steps // max(1, min(job.optimization.course.looks, affordable))))


def logits_of(module: torch.nn.Module, examples: Examples, policy: Policy, classes: int) -> Floats:
    """(rows, classes) logits in the order of the rows, or of their units; the module is left in evaluation mode."""
    import torch

    module.eval()  # of a user's own class it may give nothing back
    network = compiling.maybe(module)
    found = np.empty((examples.answers, classes), np.float32)
    order = np.argsort(examples.lengths, kind="stable")
    with torch.inference_mode(), computing(policy):
        for rows in split(order, examples.lengths, EVALUATION_TOKENS) if len(order) else []:
            answer = network(**placed(examples.collate(rows), policy.device))
            found[examples.answered(rows)] = answer.float().cpu().numpy()
    return found


def look(job: Job, policy: Policy) -> Look:
    """Loss and score of the job's module on its tune rows; the module is left in training mode."""
    import torch

    if job.tune is None:
        return Look(float("nan"), float("nan"))
    logits = logits_of(job.module, job.tune, policy, job.classes)
    job.module.train()
    target, soft, weight = targets(job.tune, np.arange(len(job.tune)), "cpu")
    losses = plain(torch.as_tensor(logits), target, soft, job.output)
    loss = float((losses * weight).sum() / weight.sum().clamp_min(1e-12))
    score = -loss if job.judge is None else job.judge(logits, job.tune.target)
    return Look(loss, score)
