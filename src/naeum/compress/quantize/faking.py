"""How does a torch module compute as if its numbers were bytes, while its weights still learn?

Every linear map of the encoder rounds its weights, with a step for each output, and what goes into it, between ends
that stand still. Rounding has no slope, so gradients pass it as if it were not there, and stop where a value lies
outside its ends (the straight-through estimator; Jacob et al. 2018, section 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np

from naeum.compress.quantize.ranges import LEVELS, between, scale_of
from naeum.compress.quantize.sensitivity import MOST_VECTORS
from naeum.extras import need

WEIGHT_LEVELS = 127  # of eight bits with sign, zero in the middle
SMALLEST = 1e-12  # a step of nothing is not divided by


def linear_maps(encoder: Any) -> dict[str, Any]:
    """The linear maps of an encoder by their names."""
    torch = need("torch", "training with rounding")
    return {name: part for name, part in encoder.named_modules() if type(part) is torch.nn.Linear}


def seen(module: Any, batches: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """(vectors, width) of what goes into each linear map of a classifier's encoder, padding left out; of those called.

    Args:
        module: in evaluation mode, with an `encoder`.
        batches: keyword arguments of the module.
    """
    torch = need("torch", "training with rounding")
    found: dict[str, list[np.ndarray]] = {}
    mask: Any = None
    most = -(-MOST_VECTORS // max(len(batches), 1))

    def looking(name: str) -> Any:
        def look(part: Any, given: tuple[Any, ...]) -> None:
            value = given[0].detach().float()
            real = mask is not None and value.shape[:2] == mask.shape
            vectors = value[mask.bool()] if real else value.reshape(-1, value.shape[-1])
            found.setdefault(name, []).append(vectors[:: -(-len(vectors) // most)].numpy())

        return look

    hooks = [part.register_forward_pre_hook(looking(name)) for name, part in linear_maps(module.encoder).items()]
    try:
        with torch.inference_mode():
            for given in batches:
                mask = given.get("attention_mask")
                module(**given)
    finally:
        for hook in hooks:
            hook.remove()
    return {name: np.concatenate(values) for name, values in found.items()}


@contextmanager
def faked(module: Any, values: Mapping[str, np.ndarray], how: str) -> Iterator[None]:
    """Within it the linear maps of an encoder round; afterwards they are what they were, with what they learned.

    Args:
        module: with an `encoder`.
        values: what goes into each; see `seen`.
        how: of `ranges.WAYS`: between which ends values are told apart.
    """
    torch = need("torch", "training with rounding")
    changed = [(part, values[name]) for name, part in linear_maps(module.encoder).items() if name in values]
    for part, value in changed:
        part.__class__ = _class()  # its weights keep their names, so that a checkpoint is what it would be
        part.step, part.zero = scale_of(*between(value, how))
    try:
        yield
    finally:
        for part, _ in changed:
            part.__class__ = torch.nn.Linear
            del part.step, part.zero


@cache
def _class() -> Any:
    torch = need("torch", "training with rounding")

    class Faked(torch.nn.Linear):  # type: ignore[name-defined, misc]
        step: float
        zero: int

        def forward(self, given: Any) -> Any:
            levels = torch.clamp(given.float() / self.step + self.zero, 0, LEVELS)
            value = ((_whole(levels) - self.zero) * self.step).to(given.dtype)
            steps = (self.weight.detach().abs().amax(dim=1, keepdim=True) / WEIGHT_LEVELS).clamp_min(SMALLEST)
            return torch.nn.functional.linear(value, _whole(self.weight / steps) * steps, self.bias)

    return Faked


def _whole(levels: Any) -> Any:
    """Rounded, with the slope of what was not."""
    return levels + (levels.round() - levels).detach()
