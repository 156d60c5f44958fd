"""How much do a head, a neuron, a layer and a column of the states matter for the answers?

"taylor": what the loss changes to first order without it, |gradient x activation| by row, in the mean (Michel et al.
2019; Molchanov et al. 2019, "Importance estimation for neural network pruning"). "fisher": the mean of its square, the
second order where the first is near zero, as after a training (Kwon et al. 2022, "A fast post-training pruning
framework for transformers", eq. 8). "magnitude": the size of its weights. "movement": how far its weights grew away
from zero while training (Sanh et al. 2020, "Movement pruning").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.compress.compact.columns import by_weights
from naeum.compress.compact.places import bottlenecked, places, stem
from naeum.compress.prune.gates import gates
from naeum.contract import Ints
from naeum.train.job import Examples, RowLoss
from naeum.train.order import split
from naeum.train.step import targets

TAYLOR, FISHER, MAGNITUDE, MOVEMENT = "taylor", "fisher", "magnitude", "movement"
SCORES = (TAYLOR, FISHER, MAGNITUDE, MOVEMENT)
MOST_ROWS = 1024  # that gradients are looked at for: more change the order of scores hardly
TOKENS = 4096  # padded, of a batch: a gate of each neuron for each row wants memory
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Importance:
    """Scores of a module's parts, higher matters more."""

    heads: tuple[Doubles, ...]  # (heads,) of each layer
    neurons: tuple[Doubles, ...]  # (neurons,) of each layer
    layers: Doubles  # (layers,)
    columns: Doubles  # (width,) of the states, in all layers together


def by_gradient(network: Any, examples: Examples, loss: RowLoss, *, square: bool) -> Importance:
    """Scores by gradients on rows, or on MOST_ROWS of them, evenly taken.

    Args:
        network: a classifier in evaluation mode; is not changed.
        examples: rows with what is wanted of them.
        loss: of each row.
        square: the mean square of what each row says ("fisher") instead of its mean size ("taylor").
    """
    import torch

    sums: list[Doubles] = []
    chosen = _evenly(len(examples), MOST_ROWS)
    network.eval()
    with gates(network.encoder) as gate:
        for rows in split(chosen[np.argsort(examples.lengths[chosen], kind="stable")], examples.lengths, TOKENS):
            inputs = examples.collate(rows)
            opened = gate.open(int(inputs["input_ids"].shape[0]))
            target, soft, weight = targets(examples, rows, "cpu")
            total = (loss(network(**inputs), target, soft) * weight).sum()
            slopes = torch.autograd.grad(total, opened)
            sizes = [(slope**2 if square else slope.abs()).sum(0).double().numpy() for slope in slopes]
            sums = [one + other for one, other in zip(sums, sizes, strict=True)] if sums else sizes
    means = [one / max(1, len(chosen)) for one in sums]
    count = len(places(network.encoder))
    layers, columns = np.concatenate(means[2 * count : 3 * count]), means[-1]
    return Importance(tuple(means[:count]), tuple(means[count : 2 * count]), layers, columns)


def by_magnitude(network: Any) -> Importance:
    """Scores by weights alone: the norm of what leads into a part times that of what leads out of it.

    Those of a layer are brought to a mean of one a weight, as the layers' weights, and the norms of heads and neurons,
    are of unlike sizes; so are those of the columns.
    """
    heads, neurons, layers = [], [], []
    for place in places(network.encoder):
        into = getattr(place.attention, place.family.maps[2]).weight.detach().double()  # values: (heads x wide, width)
        out = place.out.weight.detach().double()  # (width, heads x wide)
        by_head = into.unflatten(0, (place.heads, -1)).flatten(1).norm(dim=1) * (
            out.unflatten(1, (place.heads, -1)).transpose(0, 1).flatten(1).norm(dim=1)
        )
        by_neuron = place.up.weight.detach().double().norm(dim=1) * place.down.weight.detach().double().norm(dim=0)
        heads.append((by_head / by_head.mean()).numpy() * 4 * place.head_width * place.width)
        neurons.append((by_neuron / by_neuron.mean()).numpy() * 2 * place.width)
        layers.append(float(out.norm() + place.down.weight.detach().double().norm()))
    return Importance(tuple(heads), tuple(neurons), np.array(layers), by_weights(places(network.encoder)))


@dataclass(eq=False)
class Movement:
    """Sums over a training of minus gradient times weight, by the weights that a part is read or written through."""

    heads: list[Doubles]
    neurons: list[Doubles]
    columns: Doubles

    @property
    def importance(self) -> Importance:
        """What it says of each part; of a layer the sum of what its parts moved."""
        layers = [one.sum() + other.sum() for one, other in zip(self.heads, self.neurons, strict=True)]
        return Importance(tuple(self.heads), tuple(self.neurons), np.array(layers), self.columns)


@contextmanager
def movement(encoder: Any) -> Iterator[Movement]:
    """Watch the weights of an encoder while they are trained; those that do not move are none.

    The gradient of the loss by a gate on a part is the sum of gradient times weight over the columns of the map that
    reads it, so a part that grew away from zero is one whose gate the loss wanted larger. Columns of states are written
    by norms (and by the map from narrower embeddings), so theirs is the sum over these.
    """
    found = places(encoder)
    made = Movement(
        [np.zeros(one.heads) for one in found],
        [np.zeros(one.neurons) for one in found],
        np.zeros(found[0].width),
    )
    hooks = [
        weight.register_hook(_written(weight, made.columns))
        for part in (*(norm for place in found for norm in place.norms), *_writer(encoder))
        for weight in part.parameters()
        if weight.requires_grad
    ]
    for at, place in enumerate(found):
        for linear, sums, wide in ((place.out, made.heads, place.head_width), (place.down, made.neurons, 1)):
            if linear.weight.requires_grad:
                hooks.append(linear.weight.register_hook(_adding(linear.weight, sums, at, wide)))
    try:
        yield made
    finally:
        for hook in hooks:
            hook.remove()


def _adding(weight: Any, sums: list[Doubles], at: int, wide: int) -> Callable[[Any], None]:
    def add(gradient: Any) -> None:
        columns = -(gradient * weight.detach()).sum(0)  # (parts x wide,)
        sums[at] += columns.unflatten(0, (-1, wide)).sum(1).double().cpu().numpy()

    return add


def _writer(encoder: Any) -> list[Any]:
    """The norm or the map that writes the states below the first layer, where layers work in all their columns."""
    first = stem(encoder)
    return [] if bottlenecked(places(encoder)) else [getattr(first, "LayerNorm", first)]


def _written(weight: Any, sums: Doubles) -> Callable[[Any], None]:
    def add(gradient: Any) -> None:
        sums[:] -= (gradient * weight.detach()).reshape(len(weight), -1).sum(1).double().cpu().numpy()

    return add


def _evenly(count: int, most: int) -> Ints:
    """At most so many row numbers, the same distance apart."""
    return sets.unique(np.linspace(0, max(0, count - 1), min(count, most)).round().astype(np.int64))
