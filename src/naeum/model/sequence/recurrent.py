"""How does a network read words one after another, from both ends?

words   (rows, words, width)       padded; packed to (real words, width), so that no step is spent on padding
map     -> (real words, 2 width)   both directions side by side
layer   LSTM (Hochreiter & Schmidhuber 1997) or GRU (Cho et al. 2014), forward and backward (Schuster & Paliwal
        1997), added to what came in, normalised
states  (rows, words, 2 width)     zero where a row has ended
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from naeum import extras
from naeum.errors import InputError
from naeum.model.layers import NORMS, norm_of, started, started_recurrent
from naeum.model.text.dropout import dropout as quick
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

CELLS = ("lstm", "gru")
GATES = {"lstm": 4, "gru": 3}


@dataclass(frozen=True)
class Recurrence:
    """The shape of a recurrent network.

    Args:
        cell: "lstm" or "gru".
        width: of the state in one direction.
        layers: one above the other.
        norm: of what a layer says: "layer", "batch" or "none".
        residual: whether a layer adds to what comes in (He et al. 2016).
        dropout: of what goes into a layer.

    Example:
        >>> Recurrence("gru").states
        192
    """

    kind: ClassVar[str] = "recurrence"
    version: ClassVar[int] = 1
    cell: str = setting("lstm", Choice(CELLS))
    width: int = setting(96, Choice((64, 96, 128)))
    layers: int = setting(1, Whole(1, 3))
    norm: str = setting("layer", Choice(NORMS))
    residual: bool = True
    dropout: float = setting(0.2, Real(0.0, 0.5))

    def __post_init__(self) -> None:
        one_of("cell", self.cell, CELLS)
        one_of("norm", self.norm, NORMS)
        if not (self.width >= 1 and self.layers >= 1 and 0 <= self.dropout < 1):
            raise InputError(
                f"width and layers must be at least 1 and dropout in [0, 1); got {self.width}, {self.layers} and "
                f"{self.dropout}; leave them out to use the defaults"
            )

    @property
    def states(self) -> int:
        """The width of a word's state."""
        return 2 * self.width

    def weights(self, width: int, length: float) -> float:
        """How many weights a word of so many numbers is multiplied with, in a text of so many words."""
        layer = 2 * GATES[self.cell] * self.width * (self.states + self.width)
        return float(width * self.states + self.layers * layer)

    def module(self, width: int, most: int) -> Any:
        """The module of words of so many numbers: (words, lengths) -> states."""
        return _class()(self, width)


@cache
def _class() -> Any:
    torch = extras.need("torch", "a recurrent network")
    rnn = torch.nn.utils.rnn

    class Recurrent(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, shape: Recurrence, width: int) -> None:
            super().__init__()
            make = torch.nn.LSTM if shape.cell == "lstm" else torch.nn.GRU
            both, layers = shape.states, range(shape.layers)
            self.map = started(torch.nn.Linear(width, both))
            self.layers = torch.nn.ModuleList(
                started_recurrent(make(both, shape.width, bidirectional=True)) for _ in layers
            )
            self.norms = torch.nn.ModuleList(norm_of(shape.norm, both) for _ in layers)
            self.dropout = quick(shape.dropout)
            self.residual = shape.residual

        def forward(self, words: Any, lengths: Any) -> Any:
            packed = rnn.pack_padded_sequence(words, lengths.cpu(), batch_first=True, enforce_sorted=False)
            states = self.map(packed.data)  # (real words, 2 width)
            for layer, norm in zip(self.layers, self.norms, strict=True):
                said, _ = layer(packed._replace(data=self.dropout(states)))
                states = norm(states + said.data if self.residual else said.data)
            whole, _ = rnn.pad_packed_sequence(
                packed._replace(data=states), batch_first=True, total_length=words.shape[1]
            )
            return whole  # (rows, words, 2 width)

    return Recurrent
