"""How does a small transformer, trained from nothing, read all words of a text at once?

words   (rows, words, width in)    padded
map     -> (rows, words, width)    with learned positions added, where these are
block   twice: normalise, look, add (Vaswani et al. 2017; normalised before, Xiong et al. 2020, "On layer
        normalization in the transformer architecture")
          attention (rows, heads, words, width / heads): each word heeds the real words of its row
          two maps of each word by itself, 4 width between them
states  (rows, words, width)       normalised; of no meaning where a row has ended
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from naeum import extras
from naeum.errors import InputError
from naeum.model.layers import ACTIVATIONS, NORMS, activation_of, norm_of, started
from naeum.model.sequence.positions import POSITIONS, distances, turned
from naeum.model.text.dropout import dropout as quick
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

BETWEEN = 4  # times the width between the two maps of a block


@dataclass(frozen=True)
class Attention:
    """The shape of a small transformer.

    Args:
        width: of a word's state; a multiple of twice the heads.
        layers: blocks, one above the other.
        heads: that look at the words of a row each in its own way.
        positions: "learned", "rotary" or "alibi"; see positions.py.
        norm: "layer", "batch" (over the real words of a batch) or "none".
        activation: between the two maps of a block: "gelu", "relu" or "tanh".
        dropout: of what a half of a block adds; none inside attention.

    Example:
        >>> Attention(positions="alibi").states
        128
    """

    kind: ClassVar[str] = "attention"
    version: ClassVar[int] = 1
    width: int = setting(128, Choice((64, 128, 192)))
    layers: int = setting(2, Whole(1, 4))
    heads: int = setting(4, Choice((2, 4, 8)))
    positions: str = setting("rotary", Choice(POSITIONS))
    norm: str = "layer"
    activation: str = "gelu"
    dropout: float = setting(0.2, Real(0.0, 0.5))

    def __post_init__(self) -> None:
        one_of("positions", self.positions, POSITIONS)
        one_of("norm", self.norm, NORMS)
        one_of("activation", self.activation, ACTIVATIONS)
        if not (self.layers >= 1 and self.heads >= 1 and 0 <= self.dropout < 1):
            raise InputError(
                f"layers and heads must be at least 1 and dropout in [0, 1); got {self.layers}, {self.heads} and "
                f"{self.dropout}; leave them out to use the defaults"
            )
        if self.width < 1 or self.width % (2 * self.heads):
            raise InputError(
                f"width must be a multiple of twice the heads; got {self.width} and {self.heads} heads; try "
                f"{2 * self.heads * 16}"
            )

    @property
    def states(self) -> int:
        """The width of a word's state."""
        return self.width

    def weights(self, width: int, length: float) -> float:
        """How many weights a word of so many numbers is multiplied with, in a text of so many words."""
        block = (4 + 2 * BETWEEN) * self.width**2 + 2 * length * self.width
        return float(width * self.width + self.layers * block)

    def module(self, width: int, most: int) -> Any:
        """The module of words of so many numbers, at most so many a row: (words, lengths) -> states."""
        return _transformer_class()(self, width, most)


@cache
def _block_class() -> Any:
    torch = extras.need("torch", "a small transformer")
    functional = torch.nn.functional

    class Block(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, shape: Attention) -> None:
            super().__init__()
            width = shape.width
            self.heads, self.rotary = shape.heads, shape.positions == "rotary"
            self.norms = torch.nn.ModuleList(norm_of(shape.norm, width) for _ in range(2))
            self.asks, self.keys, self.says, self.out = (started(torch.nn.Linear(width, width)) for _ in range(4))
            self.up = started(torch.nn.Linear(width, BETWEEN * width), shape.activation)
            self.down = started(torch.nn.Linear(BETWEEN * width, width))
            self.activation, self.dropout = activation_of(shape.activation), quick(shape.dropout)
            with torch.no_grad():  # what all blocks add together varies as one does (Radford et al. 2019, GPT-2)
                for last in (self.out, self.down):
                    last.weight.mul_((2 * shape.layers) ** -0.5)

        def looked(self, words: Any, bias: Any) -> Any:
            rows, count, width = words.shape
            parts = (one(words).view(rows, count, self.heads, -1).transpose(1, 2) for one in self.maps())
            asks, keys, says = parts  # (rows, heads, words, width / heads)
            if self.rotary:
                asks, keys = turned(asks), turned(keys)
            found = functional.scaled_dot_product_attention(asks, keys, says, attn_mask=bias)
            return self.out(found.transpose(1, 2).reshape(rows, count, width))

        def maps(self) -> tuple[Any, Any, Any]:
            return self.asks, self.keys, self.says

        def forward(self, words: Any, there: Any, bias: Any) -> Any:
            words = words + self.dropout(self.looked(over(self.norms[0], words, there), bias))
            between = self.activation(self.up(over(self.norms[1], words, there)))  # (rows, words, 4 width)
            return words + self.dropout(self.down(between))

    return Block


@cache
def _transformer_class() -> Any:
    torch = extras.need("torch", "a small transformer")

    class Transformer(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, shape: Attention, width: int, most: int) -> None:
            super().__init__()
            self.map = started(torch.nn.Linear(width, shape.width))
            self.heads, self.alibi = shape.heads, shape.positions == "alibi"
            self.places = torch.nn.Embedding(most, shape.width) if shape.positions == "learned" else None
            if self.places is not None:
                torch.nn.init.normal_(self.places.weight, std=0.02)  # as Devlin et al. 2019
            self.blocks = torch.nn.ModuleList(_block_class()(shape) for _ in range(shape.layers))
            self.norm, self.dropout = norm_of(shape.norm, shape.width), quick(shape.dropout)

        def forward(self, words: Any, lengths: Any) -> Any:
            count = words.shape[1]
            there = torch.arange(count, device=words.device) < lengths[:, None]  # (rows, words)
            states = self.map(words)
            if self.places is not None:
                states = states + self.places.weight[:count]
            bias = states.new_zeros(words.shape[0], 1, 1, count).masked_fill(~there[:, None, None], float("-inf"))
            if self.alibi:
                bias = bias + distances(count, self.heads, words.device)  # (rows, heads, words, words)
                alone = torch.eye(count, dtype=torch.bool, device=words.device)
                bias = bias.masked_fill(alone, 0.0)  # padding heeds itself, so that nothing is divided by nothing
            states = self.dropout(states)
            for block in self.blocks:
                states = block(states, there, bias)
            return over(self.norm, states, there)

    return Transformer


def over(norm: Any, words: Any, there: Any) -> Any:
    """Words (rows, words, width) normalised; a batch norm counts the real ones alone, and leaves the others at zero."""
    import torch

    if not isinstance(norm, torch.nn.BatchNorm1d):
        return norm(words)
    found = torch.zeros_like(words)
    found[there] = norm(words[there])
    return found
