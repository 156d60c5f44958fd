"""What should further heads say of each row, and how wrong is what they say?

A further answer is a class or a number; which of the two a column holds is read from its values. Rows without one are
not asked: they have no loss.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats
from naeum.errors import InputError
from naeum.train.job import RowLoss

if TYPE_CHECKING:
    import torch

MOST_CLASSES = 100  # of a further column; rows with a rarer word are not asked
FEW_VALUES = 20  # different numbers, up to which each is a class
NUMBERS = 0.95  # share of the known values that must be numbers
LEAST_ROWS = 2  # of a class
LEAST_SPREAD = 1e-9


@dataclass(frozen=True)
class Head:
    """One further head: where its scores and what is wanted begin, and how many there are."""

    start: int
    size: int  # classes; 1 of a number
    number: bool = False


@dataclass(frozen=True, eq=False)
class Asked:
    """What is wanted of further heads: (rows, columns), zeros, or NaN of a number, where nothing is."""

    wanted: Floats
    heads: tuple[Head, ...] = ()

    @property
    def columns(self) -> int:
        """Scores of all further heads."""
        return int(self.wanted.shape[1])

    def with_column(self, values: Sequence[str | None]) -> Asked:
        """The same with a head for the values of a column; as it is where they never vary.

        Example:
            >>> Asked(np.zeros((4, 0), np.float32)).with_column(["a", "b", "a", "b"]).wanted[:2].tolist()
            [[1.0, 0.0], [0.0, 1.0]]
        """
        known = [value for value in values if value is not None and value.strip()]
        numbers = sum(_number(value) is not None for value in known)
        if len(set(known)) > FEW_VALUES and numbers >= NUMBERS * len(known):
            return self._with_number(values)
        counts = [(-count, word) for word, count in Counter(known).items() if count >= LEAST_ROWS]
        words = [word for _, word in sorted(counts)[:MOST_CLASSES]]
        if len(words) < 2:
            return self
        place = {word: at for at, word in enumerate(words)}
        block = np.zeros((len(values), len(words)), np.float32)
        for row, value in enumerate(values):
            if value in place:
                block[row, place[value]] = 1.0
        return self._joined(block)

    def _with_number(self, values: Sequence[str | None]) -> Asked:
        numbers = np.array([np.nan if (one := _number(value)) is None else one for value in values])
        spread = float(np.nanstd(numbers))
        if spread <= LEAST_SPREAD:
            return self
        return self._joined(np.asarray((numbers - np.nanmean(numbers)) / spread, np.float32)[:, None], number=True)

    def _joined(self, block: Floats, number: bool = False) -> Asked:
        head = Head(self.columns, block.shape[1], number)
        return Asked(np.concatenate([self.wanted, block], axis=1), (*self.heads, head))


@dataclass(frozen=True, eq=False)
class Together:
    """The loss of the task's own head, and by their weights the mean of the further ones and that of two views.

    Scores stand side by side: those of the task, of further heads, and the loss of two views, which the module reckons.
    """

    main: RowLoss
    classes: int  # columns of the task's own head
    soft: bool  # whether its targets are a matrix
    heads: tuple[Head, ...]
    weight: float
    views: float

    def __call__(self, scores: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """(rows,) the loss of each row in nats.

        Args:
            scores: (rows, classes + further columns + 1 where there are two views).
            target: (rows,) codes.
            soft: (rows, classes + further columns) what is wanted.
        """
        if soft is None:
            raise InputError("further heads must be told what is wanted of them; got nothing; report this")
        total = self.main(scores[:, : self.classes], target, soft[:, : self.classes] if self.soft else None)
        for head in self.heads:
            at = slice(self.classes + head.start, self.classes + head.start + head.size)
            total = total + self.weight / len(self.heads) * further_loss(scores[:, at], soft[:, at], head.number)
        return total + self.views * scores[:, -1] if self.views else total


def further_loss(scores: torch.Tensor, wanted: torch.Tensor, number: bool) -> torch.Tensor:
    """(rows,) the loss of one further head; 0 where nothing is wanted of a row.

    Numbers, in standard deviations, by Huber's loss, as further answers are seldom clean; classes by cross-entropy over
    the log of their number, so that heads of many classes do not drown the others.
    """
    from torch.nn import functional

    if number:
        known = wanted.isfinite()
        return functional.huber_loss(scores, wanted.where(known, scores.detach()), reduction="none").squeeze(1)
    return -(wanted * functional.log_softmax(scores, dim=1)).sum(dim=1) / math.log(scores.shape[1])


def _number(value: str | None) -> float | None:
    try:
        found = float(value or "")
    except ValueError:
        return None
    return found if math.isfinite(found) else None
