"""How does a layer work in fewer columns than the states that pass it by?

A map leads into fewer columns, the layer works there, another map leads back, and what comes is added to the states as
they were (Sun et al. 2020, "MobileBERT", section 3.1). States between layers keep the teacher's width, so a student can
follow its teacher layer by layer, and embeddings stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from naeum import extras


def bottleneck(layer: Any, wide: int, inner: Sequence[int]) -> Any:
    """A module around a layer that works in some columns: states (rows, tokens, wide) -> the same.

    At first it reads and writes these columns as they are: what they were and what the layer makes of them are added,
    the other columns pass; the norm behind brings both to one size.

    Args:
        layer: works in len(inner) columns.
        wide: columns of the states.
        inner: numbers of the columns that it starts with.
    """
    return _class()(layer, wide, tuple(inner))


@cache
def _class() -> Any:
    torch = extras.need("torch", "an encoder with bottlenecks")

    class Bottleneck(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, layer: Any, wide: int, inner: tuple[int, ...]) -> None:
            super().__init__()
            self.into = torch.nn.Linear(wide, len(inner))
            self.inner = layer
            self.back = torch.nn.Linear(len(inner), wide)
            self.norm = torch.nn.LayerNorm(wide, eps=1e-12)  # as BERT has it
            with torch.no_grad():
                for linear in (self.into, self.back):
                    linear.weight.zero_()
                    linear.bias.zero_()
                for at, column in enumerate(inner):
                    self.into.weight[at, column] = self.back.weight[column, at] = 1.0

        def forward(self, states: Any, *others: Any, **more: Any) -> Any:
            made = self.inner(self.into(states), *others, **more)
            if isinstance(made, tuple):  # as layers of transformers before 5 answer
                return (self.norm(states + self.back(made[0])), *made[1:])
            return self.norm(states + self.back(made))

    return Bottleneck
