"""What is a multilayer perceptron for the cells of a table?

    cells (rows, width)            numbers in standard deviations, categories as columns, or pieces of numbers
    map   -> (rows, wide)          a linear map
    layer a norm, a linear map, an activation, dropout; added to what came in
    head  -> (rows, columns)       a linear map

Layers that add (He et al. 2016) after a norm are those that Gorishniy et al. 2021, "Revisiting deep learning models for
tabular data", found to do best among plain networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from naeum import extras
from naeum.errors import InputError
from naeum.model.layers import ACTIVATIONS, NORMS, activation_of, norm_of, started
from naeum.model.text.dropout import dropout as quick
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting


@dataclass(frozen=True)
class Perceptron:
    """The shape of a multilayer perceptron.

    Args:
        width: of a layer.
        layers: between the first map and the head.
        norm: before a layer: "layer", "batch" or "none".
        activation: "relu", "gelu" or "tanh"; weights start as it asks.
        residual: whether a layer adds to what comes in.
        dropout: of what a layer says.

    Example:
        >>> Perceptron(layers=3).weights(10, 2) > Perceptron(layers=1).weights(10, 2)
        True
    """

    kind: ClassVar[str] = "perceptron"
    version: ClassVar[int] = 1
    width: int = setting(128, Choice((64, 128, 256)))
    layers: int = setting(2, Whole(1, 4))
    norm: str = setting("layer", Choice(NORMS))
    activation: str = setting("relu", Choice(("relu", "gelu")))
    residual: bool = True
    dropout: float = setting(0.1, Real(0.0, 0.5))

    def __post_init__(self) -> None:
        one_of("norm", self.norm, NORMS)
        one_of("activation", self.activation, ACTIVATIONS)
        if not (self.width >= 1 and self.layers >= 0 and 0 <= self.dropout < 1):
            raise InputError(
                f"width must be at least 1, layers at least 0 and dropout in [0, 1); got {self.width}, {self.layers} "
                f"and {self.dropout}; leave them out to use the defaults"
            )

    def weights(self, width: int, columns: int) -> float:
        """How many weights a row of so many cells is multiplied with."""
        return float(self.width * (width + self.layers * self.width + columns))

    def module(self, width: int, columns: int, seed: int) -> Any:
        """A module: cells (rows, width) -> (rows, columns) scores; also `.pooled(…)` -> (rows, wide), and `head`."""
        torch = extras.need("torch", "a network of tables")
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            return _class()(self, width, columns)


@cache
def _class() -> Any:
    torch = extras.need("torch", "a network of tables")

    class Layers(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, shape: Perceptron, width: int, columns: int) -> None:
            super().__init__()
            wide, layers = shape.width, range(shape.layers)
            self.map = started(torch.nn.Linear(width, wide))
            self.norms = torch.nn.ModuleList(norm_of(shape.norm, wide) for _ in layers)
            self.layers = torch.nn.ModuleList(started(torch.nn.Linear(wide, wide), shape.activation) for _ in layers)
            self.last = norm_of(shape.norm, wide)
            self.activation, self.dropout = activation_of(shape.activation), quick(shape.dropout)
            self.residual = shape.residual
            self.head = started(torch.nn.Linear(wide, columns))

        def pooled(self, cells: Any) -> Any:
            states = self.map(cells)  # (rows, wide)
            for norm, layer in zip(self.norms, self.layers, strict=True):
                said = self.dropout(self.activation(layer(norm(states))))
                states = states + said if self.residual else said
            return self.activation(self.last(states)).float()

        def forward(self, cells: Any) -> Any:
            return self.head(self.pooled(cells))

    return Layers
