"""How does an encoder lose layers, heads and neurons for good, so that it has smaller tensors and less to compute?"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from naeum.compress.compact.places import Place, list_of, places
from naeum.compress.compact.plan import Plan, Stay
from naeum.errors import InputError


def shrink(encoder: Any, plan: Plan) -> Any:
    """A copy of a transformers encoder with only what stays, in tensors of that size.

    It computes what the encoder would with the joining map's columns of every other head, and the columns of every
    other neuron in the map out of them, set to zero, and every other layer passing on what it is given.

    Args:
        encoder: of an architecture in `places.KNOWN`; is not changed.
        plan: what stays.

    Raises:
        InputError: the architecture is another one, or the plan names what is not there.
    """
    return shrink_(copy.deepcopy(encoder), plan)


def shrink_(encoder: Any, plan: Plan) -> Any:
    """The same in place; gives the encoder."""
    found = places(encoder)
    _check(found, plan)
    for one in plan.stay:
        _cut(found[one.layer], one)
    layers = list_of(encoder)
    for at in reversed(range(len(found))):
        if at not in plan.layers:
            del layers[at]
    encoder.config = copy.deepcopy(encoder.config)  # which layers ask for settings that stay as they are
    encoder.config.num_hidden_layers = len(plan.stay)
    return encoder


def _check(found: Sequence[Place], plan: Plan) -> None:
    for one in plan.stay:
        if one.layer >= len(found):
            raise InputError(f"a layer that stays must be below {len(found)}; got {one.layer}; count from 0")
        place = found[one.layer]
        for name, last, count in (
            ("head", one.heads[-1], place.heads),
            ("neuron", one.neurons[-1], place.neurons),
        ):
            if last >= count:
                raise InputError(
                    f"a {name} that stays must be below {count}; got {last} in layer {one.layer}; count from 0"
                )


def _cut(place: Place, stay: Stay) -> None:
    """Leave in one layer what stays."""
    import torch

    if len(stay.heads) < place.heads:
        wide = place.head_width
        columns = torch.cat([torch.arange(head * wide, (head + 1) * wide) for head in stay.heads])
        attention = place.attention
        for name in place.family.maps:
            _rows(getattr(attention, name), columns)
        _columns(place.out, columns)
        setattr(attention, place.family.count, len(stay.heads))
        attention.all_head_size = len(columns)
    if len(stay.neurons) < place.neurons:
        kept = torch.tensor(stay.neurons)
        _rows(place.up, kept)
        _columns(place.down, kept)


def _rows(linear: Any, keep: Any) -> None:
    """Leave these outputs of a linear map."""
    import torch

    moves = linear.weight.requires_grad
    linear.weight = torch.nn.Parameter(linear.weight.detach()[keep].clone(), requires_grad=moves)
    if linear.bias is not None:
        linear.bias = torch.nn.Parameter(linear.bias.detach()[keep].clone(), requires_grad=moves)
    linear.out_features = len(keep)


def _columns(linear: Any, keep: Any) -> None:
    """Leave these inputs of a linear map."""
    import torch

    moves = linear.weight.requires_grad
    linear.weight = torch.nn.Parameter(linear.weight.detach()[:, keep].clone(), requires_grad=moves)
    linear.in_features = len(keep)
