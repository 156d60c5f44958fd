"""What is the loop given, and what does it give back?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Floats, Ints, OutputKind
from naeum.train.recipe import Objective, Optimization

if TYPE_CHECKING:
    import torch

Inputs = Mapping[str, Any]  # names of the module's arguments -> tensors
Moment = Mapping[
    str, float
]  # step, epoch, loss, learning_rate, seconds, and where tune was looked at tune_loss, tune_score


# (scores, codes, wanted) of the rows of a batch -> (rows,) the loss of each
RowLoss = Callable[["torch.Tensor", "torch.Tensor", "torch.Tensor | None"], "torch.Tensor"]
Order = Callable[[int, int], list[Ints]]  # (seed, epoch) -> its batches, as many as there are without one


@dataclass(frozen=True, eq=False)
class Examples:
    """Rows that are ready for a module: nothing is tokenised while training. All arrays have one entry a row.

    Where each row has several units that are answered, words, `units` says whose they are, and target, weight and soft
    have one entry a unit; the module then gives one line of logits a unit, in the order of the rows.
    """

    lengths: Ints  # tokens; rows of like lengths share a batch
    collate: Callable[[Ints], Inputs]  # numbers of rows -> the module's keyword arguments, padded
    target: Ints
    weight: Floats
    # (rows, columns) what is wanted where that is no single class: shares of classes, 0 or 1 for each of several
    # labels, or a number
    soft: Floats | None = None
    units: Ints | None = None  # (rows + 1,): row i owns units[i]:units[i + 1]

    def __len__(self) -> int:
        return len(self.lengths)

    def answered(self, rows: Ints) -> Ints:
        """Positions of what is answered of `rows`: the rows themselves, or their units.

        Example:
            >>> none = np.zeros(3)
            >>> Examples(none, lambda rows: {}, none, none, units=np.array([0, 2, 2, 3])).answered(np.array([2, 0]))
            array([2, 0, 1])
        """
        if self.units is None:
            return rows
        sizes = np.diff(self.units)[rows]
        starts = np.cumsum(sizes) - sizes
        return np.repeat(self.units[rows] - starts, sizes) + np.arange(int(sizes.sum()))

    @property
    def answers(self) -> int:
        """How many rows, or units, are answered."""
        return len(self) if self.units is None else int(self.units[-1])


@dataclass(frozen=True, eq=False)
class Job:
    """One training: a module that maps a batch to scores, rows, and how."""

    module: torch.nn.Module  # starts from its present weights; ends with the best ones
    fit: Examples
    tune: Examples | None  # none: nothing is decided by looking
    classes: int  # columns of the scores
    optimization: Optimization
    objective: Objective
    patience: int = 0  # evaluations without a better one after which training stops; 0: the last weights are taken
    scale: Callable[[str], float] = lambda name: 1.0  # name of a parameter -> its learning rate over the peak one
    judge: Callable[[Floats, Ints], float] | None = None  # logits, targets -> higher is better; none: minus the loss
    micro_tokens: int = 16_384  # padded tokens that go through the module at once; halved when memory runs out
    output: OutputKind = "label"  # which losses there are
    loss: RowLoss | None = None  # instead of that of the objective
    order: Order | None = None  # of the rows; none: rows of like lengths share a batch


@dataclass(frozen=True, eq=False)
class Trained:
    """What came of a job. The job's module holds the chosen weights and stands in evaluation mode."""

    history: tuple[Moment, ...]
    best_epochs: float  # at which the chosen weights stood
    epochs: float  # that were trained
    complete: bool  # False: time ran out before the schedule did
    notes: Sequence[str] = field(default_factory=tuple)  # what went otherwise than planned
    seconds: float = 0.0
