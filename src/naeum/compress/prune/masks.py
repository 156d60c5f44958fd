"""Which single weights go, and how do they stay away while the others learn?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from naeum.errors import InputError

GLOBAL, LAYER = "global", "layer"
WHERE = (GLOBAL, LAYER)
ANY, TWO_OF_FOUR = "any", "2:4"
PATTERNS = (ANY, TWO_OF_FOUR)
GROUP, STAYS = 4, 2  # of each four neighbours two stay, which the sparse units of NVIDIA GPUs can skip

Tensors = dict[str, Any]  # by name of the weight, of its shape


def weights(encoder: Any) -> Tensors:
    """The matrices of an encoder that may lose weights: those of all its linear maps, not the tables of words.

    Raises:
        InputError: it has none.
    """
    import torch

    found = {
        f"{name}.weight": part.weight for name, part in encoder.named_modules() if isinstance(part, torch.nn.Linear)
    }
    if not found:
        raise InputError(
            "an encoder must have linear maps to lose weights; this one has none; choose another base model"
        )
    return found


def magnitudes(found: Mapping[str, Any]) -> Tensors:
    """The size of each weight."""
    return {name: weight.detach().abs() for name, weight in found.items()}


def chosen(scores: Mapping[str, Any], stays: float, where: str, pattern: str) -> Tensors:
    """Which weights stay: True.

    Args:
        scores: higher matters more.
        stays: share of the weights; of the pattern 2:4 it is a half.
        where: "global": the best of all matrices together; "layer": the same share of each.
        pattern: "any", or "2:4": the best two of each four neighbours in a row (Mishra et al. 2021, "Accelerating
            sparse deep neural networks").
    """
    import torch

    if pattern == TWO_OF_FOUR:
        return {name: _two_of_four(score) for name, score in scores.items()}
    if where == LAYER:
        return {name: _best(score.flatten(), stays).view_as(score) for name, score in scores.items()}
    flat = _best(torch.cat([score.flatten() for score in scores.values()]), stays)
    cut = torch.split(flat, [score.numel() for score in scores.values()])
    return {name: mask.view_as(score) for (name, score), mask in zip(scores.items(), cut, strict=True)}


def _best(scores: Any, stays: float) -> Any:
    """The best share of a line of scores; of equals the earlier."""
    import torch

    count = round(stays * len(scores))
    mask = torch.zeros(len(scores), dtype=torch.bool)
    mask[torch.argsort(scores, descending=True, stable=True)[:count]] = True
    return mask


def _two_of_four(score: Any) -> Any:
    """Rows that do not end with a group of four keep what is over."""
    import torch

    whole = score.shape[1] // GROUP * GROUP
    mask = torch.ones_like(score, dtype=torch.bool)
    groups = score[:, :whole].reshape(score.shape[0], -1, GROUP)
    order = torch.argsort(groups, dim=2, descending=True, stable=True)
    inside = torch.zeros_like(groups, dtype=torch.bool).scatter_(2, order[:, :, :STAYS], True)
    mask[:, :whole] = inside.view(score.shape[0], whole)
    return mask


def applied(encoder: Any, masks: Mapping[str, Any]) -> None:
    """Set the weights that do not stay to zero, in place."""
    import torch

    with torch.no_grad():
        for name, weight in weights(encoder).items():
            weight.mul_(masks[name])


@contextmanager
def held(encoder: Any, masks: Mapping[str, Any]) -> Iterator[None]:
    """Keep what is zero at zero while an encoder learns: without a gradient, neither a step nor decay moves a zero."""
    hooks = [
        weight.register_hook(_masked(masks[name].to(weight.dtype)))
        for name, weight in weights(encoder).items()
        if weight.requires_grad
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _masked(mask: Any) -> Callable[[Any], Any]:
    return lambda gradient: gradient * mask.to(gradient.device)


@contextmanager
def moving(encoder: Any) -> Iterator[Tensors]:
    """Sums of minus gradient times weight over a training: high where a weight grows away from zero (Sanh et al. 2020,
    "Movement pruning", eq. 4)."""
    import torch

    sums = {name: torch.zeros_like(weight) for name, weight in weights(encoder).items()}
    hooks = []
    for name, weight in weights(encoder).items():
        if weight.requires_grad:
            hooks.append(weight.register_hook(_adding(weight, sums[name])))
    try:
        yield sums
    finally:
        for hook in hooks:
            hook.remove()


def _adding(weight: Any, total: Any) -> Callable[[Any], None]:
    def add(gradient: Any) -> None:
        total.sub_((gradient * weight).detach().to(total.device))

    return add
