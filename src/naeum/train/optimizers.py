"""Which optimizer moves which weights, how fast, and how are gradients kept small?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from naeum.train.recipe import Optimization

if TYPE_CHECKING:
    import torch

MOMENTUM = 0.9  # of SGD
Group = dict[str, Any]


def groups(
    module: torch.nn.Module, optimization: Optimization, scale_of: Callable[[str], float]
) -> tuple[list[Group], list[Group]]:
    """The trainable parameters as optimizer groups: (with dense gradients, with row-sparse gradients).

    Matrices are decayed; vectors (biases, norms) and sparse embeddings are not. A group's `scale` is what the
    learning rate is multiplied with.
    """
    sparse_ids = {
        id(part.weight) for part in module.modules() if getattr(part, "sparse", False) and hasattr(part, "weight")
    }
    found: dict[tuple[bool, float, float], Group] = {}
    for name, parameter in module.named_parameters():
        if not parameter.requires_grad:
            continue
        sparse = id(parameter) in sparse_ids
        decay = optimization.weight_decay if parameter.ndim > 1 and not sparse else 0.0
        scale = scale_of(name)
        group = found.setdefault((sparse, decay, scale), {"params": [], "weight_decay": decay, "scale": scale})
        group["params"].append(parameter)
    return [g for key, g in found.items() if not key[0]], [g for key, g in found.items() if key[0]]


def build(
    module: torch.nn.Module, optimization: Optimization, scale_of: Callable[[str], float]
) -> list[torch.optim.Optimizer]:
    """The optimizers of all trainable parameters of a module.

    Row-sparse gradients go to Adam that touches the rows of the batch alone: a step of a 30,000-row embedding costs
    what its few hundred rows cost.
    """
    import torch

    dense, sparse = groups(module, optimization, scale_of)
    rate = optimization.learning_rate
    made: list[torch.optim.Optimizer] = []
    if dense and optimization.optimizer == "adamw":
        made.append(torch.optim.AdamW(dense, lr=rate, fused=True))
    elif dense and optimization.optimizer == "sgd":
        made.append(torch.optim.SGD(dense, lr=rate, momentum=MOMENTUM, nesterov=True))
    elif dense:
        # Shazeer & Stern 2018: second moments as a row and a column; the rate is ours, not relative to the weights.
        made.append(torch.optim.Adafactor(dense, lr=rate))
    if sparse:
        without_decay = [{"params": group["params"], "scale": group["scale"]} for group in sparse]
        made.append(torch.optim.SparseAdam(without_decay, lr=rate))
    return made


def set_rate(optimizers: Iterable[torch.optim.Optimizer], rate: float) -> None:
    """Set the learning rate of every group to `rate` times its scale."""
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate * group["scale"]


def clip(parameters: Iterable[torch.nn.Parameter], most: float) -> float:
    """Scale all gradients down together so that their joint norm is at most `most` (0: only measure it).

    Like torch.nn.utils.clip_grad_norm_, but for row-sparse gradients too; those are summed up by row first.

    Returns:
        The norm before; not finite where a gradient is not.
    """
    import torch

    values = []
    for parameter in parameters:
        if parameter.grad is None:
            continue
        if parameter.grad.is_sparse:
            parameter.grad = parameter.grad.coalesce()
            values.append(parameter.grad._values())
        else:
            values.append(parameter.grad)
    if not values:
        return 0.0
    norm = float(torch.linalg.vector_norm(torch.stack(torch._foreach_norm(values))))
    if most and math.isfinite(norm) and norm > most:
        torch._foreach_mul_(values, most / (norm + 1e-6))
    return norm
