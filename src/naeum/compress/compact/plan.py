"""What of an encoder stays: which layers, in each which heads and neurons, and which columns of its states?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

from naeum.errors import InputError


@dataclass(frozen=True)
class Stay:
    """What of one layer stays, by its numbers in the encoder that is cut.

    Args:
        layer: number of the layer, from zero at the embeddings.
        heads: numbers of its attention heads, ascending; at least one.
        neurons: numbers of its feed-forward neurons, ascending; at least one.
    """

    kind: ClassVar[str] = "stay"
    version: ClassVar[int] = 1
    layer: int
    heads: tuple[int, ...]
    neurons: tuple[int, ...]

    def __post_init__(self) -> None:
        for name, numbers in (("heads", self.heads), ("neurons", self.neurons)):
            if not numbers or not _ascending(numbers):
                raise InputError(
                    f"the {name} of a layer that stays must be ascending numbers from 0, at least one; got "
                    f"{_shown(numbers)} in layer {self.layer}; leave the whole layer out to drop them all"
                )


@dataclass(frozen=True)
class Plan:
    """What of an encoder stays, layer by layer from the embeddings upwards. Words are cut when a model is exported
    (see compress/export/vocabulary.py): rows of a table that nobody looks up cost no time.

    Args:
        stay: of each layer that stays; the others go as a whole.
        width: numbers of the columns of hidden states that stay, ascending, the same in all layers; none: all of them.
        inner: numbers of the columns that layers work in, of those that stay, each between a map into them and one back
            (see bottleneck.py); none: layers work in all.

    Example:
        >>> plan = Plan.whole(layers=6, heads=12, neurons=1536).only(layers=(0, 2, 5))
        >>> [one.layer for one in plan.stay], len(plan.stay[1].heads)
        ([0, 2, 5], 12)
    """

    kind: ClassVar[str] = "plan"
    version: ClassVar[int] = 1
    stay: tuple[Stay, ...] = ()
    width: tuple[int, ...] = ()
    inner: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for columns in (self.width, self.inner):
            if not _ascending(columns):
                raise InputError(
                    f"columns that stay must be ascending numbers from 0; got {_shown(columns)}; sort them, or leave "
                    "them out to keep all"
                )
        numbers = [one.layer for one in self.stay]
        if not _ascending(numbers):
            raise InputError(f"layers that stay must be in ascending order, each once; got {numbers}; sort them")

    @classmethod
    def whole(cls, layers: int, heads: int, neurons: int) -> Plan:
        """Everything stays of an encoder whose layers are alike."""
        return cls(tuple(Stay(at, tuple(range(heads)), tuple(range(neurons))) for at in range(layers)))

    @property
    def layers(self) -> tuple[int, ...]:
        """Numbers of the layers that stay."""
        return tuple(one.layer for one in self.stay)

    def only(self, layers: Iterable[int]) -> Plan:
        """The same with these layers alone.

        Raises:
            InputError: one of them does not stay in this plan.
        """
        known, wanted = {one.layer: one for one in self.stay}, sorted(set(layers))
        unknown = [at for at in wanted if at not in known]
        if unknown:
            raise InputError(f"a layer must be one of {list(known)} to stay; got {unknown[0]}; correct its number")
        return replace(self, stay=tuple(known[at] for at in wanted))

    def inside(self, inner: Plan) -> Plan:
        """What stays where `inner` is applied to an encoder that this plan cut: numbers are of the encoder before both.

        Example:
            >>> whole = Plan.whole(4, 2, 8)
            >>> whole.only((1, 3)).inside(Plan.whole(2, 2, 8).only((1,))).layers
            (3,)
        """
        found = []
        for one in inner.stay:
            outer = self.stay[one.layer]
            heads, neurons = (
                tuple(have[at] for at in numbers)
                for have, numbers in ((outer.heads, one.heads), (outer.neurons, one.neurons))
            )
            found.append(Stay(outer.layer, heads, neurons))
        width = tuple(self.width[at] for at in inner.width) if self.width and inner.width else self.width or inner.width
        return Plan(tuple(found), width, self.inner or inner.inner)


def _ascending(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers)) and min(numbers, default=0) >= 0


def _shown(numbers: Sequence[int]) -> str:
    return f"{list(numbers[:4])}{'…' if len(numbers) > 4 else ''}"
