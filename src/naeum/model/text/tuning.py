"""Which weights of an encoder move when it is fine-tuned, and where does its head start?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.errors import InputError
from naeum.train.recipe import Course, Objective, Optimization, one_of
from naeum.values import Choice, Real, Whole, setting

__all__ = ["HEADS", "TUNINGS", "Course", "Full", "Lora", "Objective", "Optimization", "TopLayers", "Tuning"]

HEADS = ("probe", "random")


@dataclass(frozen=True)
class Full:
    """All layers move.

    Args:
        embeddings: whether word embeddings move too; their gradient is row-sparse, so it costs little.
        head: "random" starts the head near zero and gives it ten times the learning rate; "probe" starts it from a
            logistic regression on the untuned features (Kumar et al. 2022, "Fine-tuning can distort pretrained
            features") and wants a lower learning rate, or its first steps lose what the probe knew.
    """

    kind: ClassVar[str] = "full"
    version: ClassVar[int] = 1
    embeddings: bool = False
    head: str = setting("random", Choice(HEADS))

    def __post_init__(self) -> None:
        one_of("head", self.head, HEADS)


@dataclass(frozen=True)
class TopLayers:
    """The topmost layers move; what lies below keeps its weights."""

    kind: ClassVar[str] = "top_layers"
    version: ClassVar[int] = 1
    layers: int = setting(2, Whole(1, 6))
    head: str = setting("random", Choice(HEADS))

    def __post_init__(self) -> None:
        one_of("head", self.head, HEADS)
        if self.layers < 1:
            raise InputError(f"layers must be at least 1; got {self.layers}; use a probe to move none")


@dataclass(frozen=True)
class Lora:
    """A low-rank change of every linear map of every layer (Hu et al. 2021, "LoRA"); merged when training ends.

    Args:
        rank: of the change.
        alpha: the change is scaled by alpha / rank.
        dropout: on the inputs of the change.
        rate: its learning rate over that of full tuning; low-rank factors want about ten times as much
            (Biderman et al. 2024, "LoRA learns less and forgets less").
        head: as in `Full`.
    """

    kind: ClassVar[str] = "lora"
    version: ClassVar[int] = 1
    rank: int = setting(16, Choice((4, 8, 16, 32)))
    alpha: float = 32.0
    dropout: float = setting(0.05, Real(0.0, 0.2))
    rate: float = 10.0
    head: str = setting("random", Choice(HEADS))

    def __post_init__(self) -> None:
        one_of("head", self.head, HEADS)
        if self.rank < 1 or self.alpha <= 0 or self.rate <= 0 or not 0 <= self.dropout < 1:
            raise InputError(
                "rank must be at least 1, alpha and rate positive and dropout in [0, 1); got "
                f"{self.rank}, {self.alpha}, {self.rate} and {self.dropout}; leave them out to use the defaults"
            )


Tuning = Full | TopLayers | Lora
TUNINGS = (Full, TopLayers, Lora)
