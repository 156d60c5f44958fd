"""What would the loss of each row do if a head, a neuron, a layer or a column of states said a little less?

Each is multiplied by a gate of one, a gate for each row; the gradient of the loss by a gate is the sum over tokens of
gradient times activation (Michel et al. 2019, "Are sixteen heads really better than one?", eq. 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from naeum.compress.compact.places import Place, bottlenecked, places, stem


@dataclass(eq=False)
class Gates:
    """The gates of the batch that goes through now: for each layer (rows, heads), (rows, neurons) and (rows, 1); for
    all layers together (rows, width)."""

    places: Sequence[Place]
    heads: list[Any] = field(default_factory=list)
    neurons: list[Any] = field(default_factory=list)
    layers: list[Any] = field(default_factory=list)
    columns: Any = None

    def open(self, rows: int) -> list[Any]:
        """New gates of one for a batch; gives all of them: heads, neurons, layers, each by layer, then columns."""
        import torch

        def ones(width: int) -> Any:
            return torch.ones(rows, width, requires_grad=True)

        self.heads = [ones(place.heads) for place in self.places]
        self.neurons = [ones(place.neurons) for place in self.places]
        self.layers = [ones(1) for _ in self.places]
        self.columns = ones(self.places[0].width)
        return [*self.heads, *self.neurons, *self.layers, self.columns]

    def before_out(self, at: int) -> Callable[..., Any]:
        """What is done to the heads before they are joined: (rows, tokens, heads x head_width)."""

        def gated(_: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
            gate = self.heads[at].repeat_interleave(self.places[at].head_width, dim=1)
            return (given[0] * gate[:, None], *given[1:])

        return gated

    def before_down(self, at: int) -> Callable[..., Any]:
        """What is done to the neurons before they are read: (rows, tokens, neurons)."""

        def gated(_: Any, given: tuple[Any, ...]) -> tuple[Any, ...]:
            return (given[0] * self.neurons[at][:, None], *given[1:])

        return gated

    def after_layer(self, at: int) -> Callable[..., Any]:
        """What is done to what a layer adds to the states that it was given."""

        def gated(_: Any, given: tuple[Any, ...], states: Any) -> Any:
            return given[0] + self.layers[at][:, None] * (states - given[0])

        return gated

    def after_states(self, _: Any, given: tuple[Any, ...], states: Any) -> Any:
        """What is done to states wherever they are written: (rows, tokens, width)."""
        return states * self.columns[:, None]


@contextmanager
def gates(encoder: Any) -> Iterator[Gates]:
    """Gates in an encoder, as long as this is open; `open` them anew before each batch."""
    found = places(encoder)
    made = Gates(found)
    written = [norm for place in found for norm in place.norms] + ([] if bottlenecked(found) else [stem(encoder)])
    hooks = [part.register_forward_hook(made.after_states) for part in written]
    for at, place in enumerate(found):
        hooks.append(place.out.register_forward_pre_hook(made.before_out(at)))
        hooks.append(place.down.register_forward_pre_hook(made.before_down(at)))
        hooks.append(place.block.register_forward_hook(made.after_layer(at)))
    try:
        yield made
    finally:
        for hook in hooks:
            hook.remove()
