"""How much does an encoder compute for a text: in multiplications with an addition, by head, neuron and layer?

Linear maps and attention are counted, which are nearly all of it; norms, activations and the look-up of words are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.compress.compact.places import Place, places
from naeum.compress.compact.plan import Plan
from naeum.contract import Ints


@dataclass(frozen=True)
class Prices:
    """What a token costs at texts of some lengths, in multiply-adds.

    Example:
        >>> Prices(head=120, neuron=20, width=10, looked_at=20).at(5)
        Prices(head=70, neuron=10, width=5, looked_at=20)
    """

    head: int
    neuron: int
    width: int = 1  # columns of states
    looked_at: int = 0  # of the price of a head, what a narrower encoder pays as well

    @classmethod
    def of(cls, place: Place, lengths: Sequence[int] | Ints) -> Prices:
        """Those of a layer, at texts of these lengths in tokens.

        A head maps a token to its query, key, value and back, and looks at every token of its text, twice.
        """
        found = np.asarray(lengths, np.float64)
        looked_at = float((found**2).sum() / max(1.0, found.sum()))  # tokens, by a token in the mean
        alike = round(2 * looked_at * place.head_width)
        return cls(4 * place.head_width * place.width + alike, 2 * place.width, place.width, alike)

    def at(self, width: int) -> Prices:
        """Those of an encoder whose states have so many columns."""
        head = self.looked_at + (self.head - self.looked_at) * width // self.width
        return Prices(head, self.neuron * width // self.width, width, self.looked_at)


def operations(encoder: Any, lengths: Sequence[int] | Ints) -> int:
    """Multiply-adds a token of an encoder as it is now, at texts of these lengths in tokens; maps of bottlenecks too.

    Raises:
        InputError: its architecture is not one of those that can be cut.
    """
    total = 0
    for place in places(encoder):
        prices = Prices.of(place, lengths)
        total += place.heads * prices.head + place.neurons * prices.neuron
        if place.block is not place.layer:
            total += 2 * place.width * int(place.block.into.in_features)
    return total


def planned(plan: Plan, prices: Prices) -> int:
    """Multiply-adds a token of what stays by a plan.

    Args:
        plan: what stays.
        prices: of the encoder that is cut.

    Example:
        >>> planned(Plan.whole(layers=2, heads=2, neurons=10), Prices(head=100, neuron=7))
        540
    """
    prices = prices.at(len(plan.width)) if plan.width else prices
    return sum(len(one.heads) * prices.head + len(one.neurons) * prices.neuron for one in plan.stay)
