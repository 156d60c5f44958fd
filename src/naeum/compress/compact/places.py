"""Where in an encoder do heads, neurons and the states between them lie, whatever its architecture calls them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from naeum.compress.compact.plan import Plan, Stay
from naeum.errors import InputError

# Architectures whose layers are built as below and have nothing else that counts heads, as position biases do.
KNOWN = ("bert", "roberta", "xlm-roberta", "camembert", "electra", "distilbert")
LIST = "layer"  # what both call the list of their layers
INNER = "inner"  # what a bottleneck calls the layer inside it


@dataclass(frozen=True)
class Family:
    """Paths inside a layer."""

    attention: str  # the module that splits states into heads
    maps: tuple[str, str, str]  # its queries, keys and values
    out: str  # what heads are joined by
    up: str  # into the neurons
    down: str  # out of them
    norms: tuple[str, str]  # of the states behind the heads, and behind the neurons
    count: str  # what the attention calls its number of heads


FAMILIES = (
    Family(
        "attention.self", ("query", "key", "value"), "attention.output.dense", "intermediate.dense", "output.dense",
        ("attention.output.LayerNorm", "output.LayerNorm"), "num_attention_heads",
    ),
    Family(
        "attention", ("q_lin", "k_lin", "v_lin"), "attention.out_lin", "ffn.lin1", "ffn.lin2",
        ("sa_layer_norm", "output_layer_norm"), "n_heads",
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Place:
    """One layer of an encoder: the maps around its heads and around its neurons, and the norms behind both.

    Args:
        layer: the module of the layer.
        family: what its parts are called.
        head_width: columns of the joining map that belong to one head.
        block: the layer with the maps into it and out of it, where it stands in a bottleneck; else itself.
    """

    layer: Any
    family: Family
    head_width: int
    block: Any

    @property
    def attention(self) -> Any:
        """The module that splits states into heads."""
        return self.layer.get_submodule(self.family.attention)

    @property
    def out(self) -> Any:
        """The map that joins heads: (width, heads x head_width)."""
        return self.layer.get_submodule(self.family.out)

    @property
    def up(self) -> Any:
        """The map into the neurons: (neurons, width)."""
        return self.layer.get_submodule(self.family.up)

    @property
    def down(self) -> Any:
        """The map out of the neurons: (width, neurons)."""
        return self.layer.get_submodule(self.family.down)

    @property
    def norms(self) -> tuple[Any, Any]:
        """Those of the states behind the heads, and behind the neurons."""
        first, second = self.family.norms
        return self.layer.get_submodule(first), self.layer.get_submodule(second)

    @property
    def heads(self) -> int:
        """How many there are now."""
        return int(self.out.in_features) // self.head_width

    @property
    def neurons(self) -> int:
        """How many there are now."""
        return int(self.down.in_features)

    @property
    def width(self) -> int:
        """Columns of a hidden state."""
        return int(self.out.out_features)


def places(encoder: Any) -> tuple[Place, ...]:
    """The layers of a transformers encoder, from the embeddings upwards.

    Raises:
        InputError: its architecture is not one of those that can be cut.
    """
    kind = str(getattr(encoder.config, "model_type", ""))
    blocks = list_of(encoder)
    layers = [getattr(block, INNER, block) for block in blocks]
    family = next((one for one in FAMILIES if layers and _fits(layers[0], one)), None)
    if kind not in KNOWN or family is None:
        raise InputError(
            f"an encoder must be of the architecture {', '.join(KNOWN)} to be cut smaller; this one is {kind!r}; "
            "choose another base model, or quantize it instead"
        )
    width = int(getattr(layers[0].get_submodule(family.attention), "attention_head_size", 0))
    return tuple(Place(layer, family, width, block) for layer, block in zip(layers, blocks, strict=True))


def stem(encoder: Any) -> Any:
    """What gives the states below the first layer: a map from narrower embeddings where there is one, or these."""
    return getattr(encoder, "embeddings_project", encoder.embeddings)


def bottlenecked(found: Sequence[Place]) -> bool:
    """Whether layers work in fewer columns than states have."""
    return any(place.block is not place.layer for place in found)


def list_of(encoder: Any) -> Any:
    """The list of its layers; an empty tuple where it has none."""
    found = [part for name, part in encoder.named_modules() if name.split(".")[-1] == LIST and hasattr(part, "append")]
    return found[0] if len(found) == 1 else ()


def whole(encoder: Any) -> Plan:
    """The plan by which everything stays of an encoder as it is now.

    Raises:
        InputError: its architecture is not one of those that can be cut.
    """
    found = places(encoder)
    return Plan(tuple(Stay(at, tuple(range(one.heads)), tuple(range(one.neurons))) for at, one in enumerate(found)))


def _fits(layer: Any, family: Family) -> bool:
    names = (*(f"{family.attention}.{one}" for one in family.maps), family.out, family.up, family.down, *family.norms)
    known = dict(layer.named_modules())
    return all(name in known for name in names)
