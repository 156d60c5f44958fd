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
    """What a token costs at texts of some lengths, in multiply-adds."""

    head: int
    neuron: int

    @classmethod
    def of(cls, place: Place, lengths: Sequence[int] | Ints) -> Prices:
        """Those of a layer, at texts of these lengths in tokens.

        A head maps a token to its query, key, value and back, and looks at every token of its text, twice.
        """
        found = np.asarray(lengths, np.float64)
        looked_at = float((found**2).sum() / max(1.0, found.sum()))  # tokens, by a token in the mean
        return cls(round(place.head_width * (4 * place.width + 2 * looked_at)), 2 * place.width)


def operations(encoder: Any, lengths: Sequence[int] | Ints) -> int:
    """Multiply-adds a token of an encoder as it is now, at texts of these lengths in tokens.

    Raises:
        InputError: its architecture is not one of those that can be cut.
    """
    total = 0
    for place in places(encoder):
        prices = Prices.of(place, lengths)
        total += place.heads * prices.head + place.neurons * prices.neuron
    return total


def planned(plan: Plan, prices: Prices) -> int:
    """Multiply-adds a token of what stays by a plan.

    Example:
        >>> planned(Plan.whole(layers=2, heads=2, neurons=10), Prices(head=100, neuron=7))
        540
    """
    return sum(len(one.heads) * prices.head + len(one.neurons) * prices.neuron for one in plan.stay)
