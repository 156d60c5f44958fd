"""How are numbers left out at random while training, without the random numbers costing more than the layer?

torch draws one 53-bit number for each entry on one core, 0.8 ms for 16 rows of 24 tokens: a tenth of a training step. A
byte an entry is enough: the chance is rounded to 1/256.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from naeum import extras

STEPS = 256  # values of a byte
WORD = 8  # bytes of a drawn number
LEAST = -(2**63)  # of the drawn numbers: all 64 bits are random only if the whole range is asked for


def dropout(p: float) -> Any:
    """A module that sets each entry to zero with a chance of about `p` and scales the rest up, while training.

    It draws from torch's own generator, so `torch.manual_seed` makes it repeatable.

    Example:
        >>> import torch
        >>> made = dropout(0.5)
        >>> sorted(made(torch.ones(1000)).unique().tolist())
        [0.0, 2.0]
    """
    return _class()(p)


@cache
def _class() -> Any:
    torch = extras.need("torch", "dropout")

    class Dropout(torch.nn.Dropout):  # type: ignore[name-defined, misc]
        def forward(self, input: Any) -> Any:
            if input.device.type != "cpu":
                return super().forward(input)
            left_out = round(self.p * STEPS)
            if not self.training or not left_out:
                return input
            count = input.numel()
            drawn = torch.empty(-(-count // WORD), dtype=torch.int64).random_(LEAST, None)
            kept = drawn.view(torch.uint8)[:count].view(input.shape) >= left_out
            return input * (kept.to(input.dtype) * (STEPS / (STEPS - left_out)))

    return Dropout
