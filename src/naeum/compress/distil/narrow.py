"""Which student has every layer of its teacher, each working in fewer columns?

Each of its layers stands between a map into fewer columns and one back, so that the states between layers are as wide
as the teacher's; layer by layer it learns what the teacher's own makes of them, then the teacher's answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from naeum.compress.compact import Plan, compacted, places
from naeum.compress.compact.columns import by_weights
from naeum.compress.compact.places import whole
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.layers import Begun, followed_in
from naeum.contract import Predictor, Task
from naeum.errors import InputError
from naeum.model.claims import ROWS, TEXT
from naeum.model.text.tuning import Objective, Optimization
from naeum.values import Real, setting

TOGETHER = 8  # columns, in multiples of which a layer works: processors compute so many at once


@dataclass(frozen=True)
class Bottleneck:
    """A student of all the layers of its teacher's encoder, each working in fewer columns.

    Args:
        share: of the columns of the teacher's states that a layer works in.
        inside: what it learns of the inside of its teacher: each layer after the other, those below standing still.
        optimization: how the weights move.
        objective: what is made smaller where the truth is learned.
        dropout: of hidden states and of the vector that the head reads.
        patience: as in `FineTuned`.

    Raises:
        InputError: a setting is out of its range.

    References:
        Sun et al. 2020, "MobileBERT: a compact task-agnostic BERT for resource-limited devices".

    Example:
        >>> Bottleneck().columns(384)
        128
    """

    kind: ClassVar[str] = "bottleneck"
    version: ClassVar[int] = 1
    share: float = setting(1 / 3, Real(0.15, 0.75))
    inside: Inside = Inside(("hidden", "attention"), epochs=1.0, layer_by_layer=True)  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(epochs=6.0, learning_rate=2e-4, batch_size=32)  # noqa: RUF009
    objective: Objective = Objective()  # noqa: RUF009
    dropout: float = setting(0.1, Real(0.0, 0.3))
    patience: int = 8

    def __post_init__(self) -> None:
        if not (0 < self.share < 1 and 0 <= self.dropout < 1 and self.patience >= 0):
            raise InputError(
                f"share must be above 0 and below 1, dropout in [0, 1) and patience at least 0; got {self.share}, "
                f"{self.dropout} and {self.patience}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """One answer a row, from texts."""
        return task.output in ROWS and set(task.columns.values()) <= TEXT

    def columns(self, wide: int) -> int:
        """How many columns a layer works in, of so many."""
        return min(wide - 1, TOGETHER * max(1, round(self.share * wide / TOGETHER)))

    def followed(self, layers: int) -> tuple[int, ...]:
        """Every layer follows its own."""
        return tuple(range(layers))

    def begun(self, teacher: Predictor) -> Begun:
        """The student of a fitted teacher before it is taught.

        Raises:
            InputError: there is no encoder in the teacher, or it has bottlenecks already.
        """
        found = followed_in(teacher, "a student with bottlenecks")
        encoder = found.network.encoder
        count = self.columns(places(encoder)[0].width)
        order = np.argsort(-by_weights(places(encoder)), kind="stable")
        plan: Plan = replace(whole(encoder), inner=tuple(sorted(int(one) for one in order[:count])))
        return Begun(self, found, compacted(found, plan), plan)
