"""In which numbers does a graph keep its weights, and in which does it multiply?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.errors import InputError
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, setting

INT8, INT4, NF4, HALF, BRAIN = "int8", "int4", "nf4", "float16", "bfloat16"
WEIGHTS = (INT8, INT4, NF4, HALF, BRAIN)
BYTES, FLOATS = "uint8", "float32"
ACTIVATIONS = (BYTES, FLOATS)
TENSOR, CHANNEL = "tensor", "channel"
GROUPS = ("32", "64", "128")  # weights of one output that share a step
GRAINS = (TENSOR, CHANNEL, *GROUPS)
CALLED = {
    INT8: "eight bits", INT4: "four bits", NF4: "four bits of unequal steps", HALF: "half precision", BRAIN: "bfloat16",
}  # fmt: skip


@dataclass(frozen=True)
class Arithmetic:
    """The numbers of a graph's linear maps.

    Args:
        weights: "int8", "int4", "nf4" (sixteen steps that lie as normal weights do), "float16" or "bfloat16".
        activations: "uint8": products are computed in whole numbers, which is smaller and quicker; "float32": weights
            alone are smaller, and are brought back before they are multiplied, which is not quicker.
        grain: which weights share a step: the whole "tensor", a "channel" (those of one output), or 32, 64 or 128.
        symmetric: zero lies in the middle of the steps. Of activations otherwise where their ends put it; of groups of
            four bits where their weights do.
        balance: from 0, not at all, to 1: how much of what makes activations hard to round is moved into the weights.

    Raises:
        InputError: a setting is not known, or two do not go together.

    References:
        Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-only
        inference"; Dettmers et al. 2023, "QLoRA" (nf4); Xiao et al. 2023, "SmoothQuant" (balance).

    Example:
        >>> Arithmetic("int4", "float32", "64").alone
        True
    """

    weights: str = setting(INT8, Choice(WEIGHTS))
    activations: str = setting(BYTES, Choice(ACTIVATIONS))
    grain: str = setting(CHANNEL, Choice(GRAINS))
    symmetric: bool = False
    balance: float = setting(0.0, Real(0.0, 1.0))

    kind: ClassVar[str] = "arithmetic"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        one_of("weights", self.weights, WEIGHTS)
        one_of("activations", self.activations, ACTIVATIONS)
        one_of("grain", self.grain, GRAINS)
        if not 0 <= self.balance <= 1:
            raise InputError(f"balance must be from 0 to 1; got {self.balance}; 0.5 is usual")
        if self.activations == BYTES and (self.weights != INT8 or self.grain in GROUPS):
            raise InputError(
                f"activations in uint8 must go with weights in int8, of a tensor or a channel; got {self.weights} of "
                f"{self.grain}; say activations float32"
            )
        if self.weights in (INT4, NF4) and self.grain not in GROUPS:
            raise InputError(
                f"weights in {self.weights} must share steps in groups of {', '.join(GROUPS)}; got {self.grain}; "
                "32 loses least"
            )

    @property
    def alone(self) -> bool:
        """Whether weights alone change."""
        return self.activations == FLOATS

    @property
    def group(self) -> int:
        """Weights of a group; 0 where a tensor or a channel is one."""
        return int(self.grain) if self.grain in GROUPS else 0

    @property
    def called(self) -> str:
        """In words."""
        return CALLED[self.weights]


def weights_alone(weights: str) -> Arithmetic:
    """The usual arithmetic with these weights, everything else in float32.

    Raises:
        InputError: they are not known.

    Example:
        >>> weights_alone("nf4").grain
        '64'
    """
    one_of("weights", weights, WEIGHTS)
    return Arithmetic(weights, FLOATS, {INT4: "32", NF4: "64"}.get(weights, CHANNEL))
