"""How does an encoder lose layers, heads, neurons and columns of its states for good, in smaller tensors?"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from naeum.compress.compact.bottleneck import bottleneck
from naeum.compress.compact.places import Place, bottlenecked, list_of, places, stem
from naeum.compress.compact.plan import Plan, Stay
from naeum.errors import InputError


def shrink(encoder: Any, plan: Plan) -> Any:
    """A copy of a transformers encoder with only what stays, in tensors of that size.

    It computes what the encoder would with the joining map's columns of every other head, and the columns of every
    other neuron in the map out of them, set to zero, and every other layer passing on what it is given. Of columns of
    states that go its norms take mean and variance over those that stay, as Xia et al. 2022 ("Structured pruning learns
    compact and accurate models") do.

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
    if plan.width:
        _narrow(encoder, plan.width)
    if plan.inner:
        bottlenecked_(encoder, plan.inner)
    return encoder


def narrow_head_(network: Any, width: Sequence[int]) -> None:
    """Let the head of a classifier read these columns of states alone, in place; its encoder is as it was."""
    import torch

    whole = int(network.encoder.config.hidden_size)
    sides = network.head.in_features // whole  # 1, or 4 of pairs: both vectors, |u - v| and u * v
    keep = torch.cat([torch.tensor(width) + side * whole for side in range(sides)])
    _columns(network.head, keep)
    network.center, network.spread = network.center[keep].clone(), network.spread[keep].clone()


def _narrow(encoder: Any, width: Sequence[int]) -> None:
    """Leave these columns of states in the whole encoder."""
    import torch

    keep, first = torch.tensor(width), stem(encoder)
    for place in places(encoder):
        _narrow_layer(place, keep)
    if isinstance(first, torch.nn.Linear):
        _rows(first, keep)
    else:
        for part in first.children():
            if isinstance(part, torch.nn.Embedding):
                _columns(part, keep)
            elif isinstance(part, torch.nn.LayerNorm):
                _rows(part, keep)
    encoder.config.hidden_size = len(keep)


def bottlenecked_(encoder: Any, inner: Sequence[int]) -> None:
    """Let each layer work in these columns of its states alone, between two maps, in place; see bottleneck.py."""
    import torch

    layers, keep = list_of(encoder), torch.tensor(inner)
    for at, place in enumerate(places(encoder)):
        wide = place.width
        _narrow_layer(place, keep)
        layers[at] = bottleneck(place.layer, wide, inner)


def _narrow_layer(place: Place, keep: Any) -> None:
    """Leave these columns of the states that a layer reads and writes."""
    for linear in (*(getattr(place.attention, name) for name in place.family.maps), place.up):
        _columns(linear, keep)
    for part in (place.out, place.down, *place.norms):
        _rows(part, keep)


def _check(found: Sequence[Place], plan: Plan) -> None:
    if (plan.width or plan.inner) and bottlenecked(found):
        raise InputError(
            "an encoder must have no bottlenecks to lose columns of its states; its layers work in "
            f"{found[0].width} of them; take heads, neurons or layers"
        )
    for columns, count in ((plan.width, found[0].width), (plan.inner, len(plan.width) or found[0].width)):
        if columns and columns[-1] >= count:
            raise InputError(
                f"a column that stays must be below {count}; got {columns[-1]}; count from 0, or leave the width out "
                "to keep all"
            )
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


def _rows(part: Any, keep: Any) -> None:
    """Leave these outputs of a linear map, or of a norm."""
    import torch

    moves = part.weight.requires_grad
    part.weight = torch.nn.Parameter(part.weight.detach()[keep].clone(), requires_grad=moves)
    if part.bias is not None:
        part.bias = torch.nn.Parameter(part.bias.detach()[keep].clone(), requires_grad=moves)
    if hasattr(part, "out_features"):
        part.out_features = len(keep)
    else:
        part.normalized_shape = (len(keep),)


def _columns(part: Any, keep: Any) -> None:
    """Leave these inputs of a linear map, or these columns of a table."""
    import torch

    moves = part.weight.requires_grad
    part.weight = torch.nn.Parameter(part.weight.detach()[:, keep].clone(), requires_grad=moves)
    setattr(part, "in_features" if hasattr(part, "in_features") else "embedding_dim", len(keep))
