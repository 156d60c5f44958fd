"""What happens in one step, and when its memory runs out or its numbers are not finite?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Ints, Policy
from naeum.train import optimizers
from naeum.train.job import Examples, Inputs, Job, RowLoss
from naeum.train.objectives import loss_of
from naeum.train.order import split

if TYPE_CHECKING:
    import torch

# Among the inputs of a batch, where its rows were mixed: (partner of each row, share that a row keeps of itself).
MIXED = "mixed"
# What the allocators of torch say when memory runs out; CPU and MPS raise plain RuntimeErrors.
OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


@dataclass(eq=False)
class Stepper:
    """The moving parts of a job: module, optimizers, loss. `micro_tokens` shrinks when memory runs out."""

    job: Job
    policy: Policy
    note: Callable[[str], None]
    loss: RowLoss = field(init=False)
    optimizers: list[torch.optim.Optimizer] = field(init=False)
    parameters: list[torch.nn.Parameter] = field(init=False)
    micro_tokens: int = field(init=False)

    def __post_init__(self) -> None:
        job = self.job
        job.module.to(self.policy.device)
        self.loss = job.loss or loss_of(
            job.objective, job.fit.target, job.classes, soft=job.fit.soft, output=job.output
        )
        self.parameters = [parameter for parameter in job.module.parameters() if parameter.requires_grad]
        self.micro_tokens = job.micro_tokens
        self.restart()

    def restart(self) -> None:
        """Optimizers without a memory."""
        self.optimizers = optimizers.build(self.job.module, self.job.optimization, self.job.scale)

    def step(self, batch: Ints, rate: float, seed: int) -> float:
        """Move the weights by one batch.

        Args:
            batch: numbers of rows of fit.
            rate: the learning rate.
            seed: of dropout; the step depends on weights, batch, rate and seed alone, so it can be repeated.

        Returns:
            The mean loss of the rows, in nats. Where it or the gradient is not finite the weights were not moved and
            it is NaN.
        """
        optimizers.set_rate(self.optimizers, rate)
        loss = self._gradient(batch, seed)
        norm = optimizers.clip(self.parameters, self.job.optimization.course.clip)
        finite = math.isfinite(loss) and math.isfinite(norm)
        for optimizer in self.optimizers:
            if finite:
                optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        return loss if finite else math.nan

    def _gradient(self, batch: Ints, seed: int) -> float:
        """Accumulate the gradient of a batch; with half the micro-batch again where memory runs out."""
        import torch

        while True:
            parts = split(batch, self.job.fit.lengths, self.micro_tokens)
            torch.manual_seed(seed)
            try:
                return math.fsum(self._backward(part, len(batch)) for part in parts)
            except (RuntimeError, MemoryError) as error:
                longest = max(map(len, parts))
                if not is_out_of_memory(error) or longest == 1:
                    raise
            for optimizer in self.optimizers:
                optimizer.zero_grad(set_to_none=True)
            widest = int(self.job.fit.lengths[batch].max())
            self.micro_tokens = min(self.micro_tokens, widest * longest) // 2
            self.note(f"memory ran out: {self.micro_tokens} tokens go through the model at once from here on")

    def _backward(self, part: Ints, rows: int) -> float:
        """Add the gradient of the mean loss of `rows` rows that a part of them brings."""
        import torch

        fit = self.job.fit
        inputs = placed(fit.collate(part), self.policy.device)
        mixed = inputs.pop(MIXED, None)
        with computing(self.policy, learning=True):
            logits = self.job.module(**inputs)
        target, soft, weight = targets(fit, part, self.policy.device)
        losses = self.loss(logits, target, soft)
        if mixed is not None:  # Zhang et al. 2018, "mixup": two rows in one, answered by both in their shares
            partner, share = mixed
            other = self.loss(logits, target[partner], None if soft is None else soft[partner])
            losses = share * losses + (1.0 - share) * other
        loss = (losses * weight).sum() / rows
        loss.backward()  # type: ignore[no-untyped-call]
        del logits
        return float(loss.detach().to(torch.float64))


def targets(examples: Examples, rows: Ints, device: str) -> tuple[torch.Tensor, torch.Tensor | None, torch.Tensor]:
    """Codes, soft targets where there are any, and weights of rows, or of their units, as tensors."""
    import torch

    at = examples.answered(rows)
    soft = None if examples.soft is None else torch.as_tensor(examples.soft[at], device=device)
    return (
        torch.as_tensor(np.maximum(examples.target[at], 0), device=device),
        soft,
        torch.as_tensor(examples.weight[at], dtype=torch.float32, device=device),
    )


def placed(inputs: Inputs, device: str) -> dict[str, Any]:
    """Inputs on the device; what is not a tensor as it is."""
    return {name: value.to(device) if hasattr(value, "to") else value for name, value in inputs.items()}


@contextmanager
def computing(policy: Policy, *, learning: bool = False) -> Iterator[None]:
    """Matrix products in bfloat16 or float16 where the policy says so; weights, sums and the loss stay float32.

    `learning`: never in float16, in which small gradients vanish.
    """
    import torch

    fewer = ("bfloat16",) if learning else ("bfloat16", "float16")
    dtype = getattr(torch, policy.dtype) if policy.dtype in fewer else torch.bfloat16
    with torch.autocast(policy.device.split(":")[0], dtype=dtype, enabled=policy.dtype in fewer):
        yield


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that memory ran out.

    Example:
        >>> is_out_of_memory(RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"))
        True
        >>> is_out_of_memory(RuntimeError("shapes differ"))
        False
    """
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in OUT_OF_MEMORY)
