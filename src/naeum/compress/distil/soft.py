"""How wrong is a student, beside what its teacher says and beside the truth?

Of classes, with logits s of the student, log-probabilities t of the teacher and a temperature T:

    alpha T² KL(softmax(t / T) ‖ softmax(s / T)) + (1 - alpha) · the loss of the task on the true class

(Hinton, Vinyals & Dean 2015, "Distilling the knowledge in a neural network", section 2; T² keeps the two gradients of
like size). Each of several labels is a class of yes and no; numbers are taken as they are, half the square of what is
between. Rows whose truth is not known are learned from the teacher alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, OutputKind
from naeum.errors import InputError
from naeum.train.job import RowLoss
from naeum.values import Real, digest, setting

if TYPE_CHECKING:
    import torch

HOTTEST = 20.0  # at which hundred classes are nearly alike


@dataclass(frozen=True)
class Soft:
    """How much a teacher's answers count, and how they are softened.

    Args:
        alpha: weight of the teacher's answers; the truth has the rest.
        temperature: that both answers are divided by; above 1 the unlikely classes tell more. Of classes and labels.

    Raises:
        InputError: a number is out of its range.

    Example:
        >>> Soft().temperature
        2.0
    """

    kind: ClassVar[str] = "soft"
    version: ClassVar[int] = 1
    alpha: float = setting(0.8, Real(0.3, 1.0))
    temperature: float = setting(2.0, Real(1.0, 8.0, log=True))

    def __post_init__(self) -> None:
        if not (0 <= self.alpha <= 1 and 0 < self.temperature <= HOTTEST):
            raise InputError(
                f"alpha must be in [0, 1] and temperature above 0 and at most {HOTTEST:g}; got {self.alpha} and "
                f"{self.temperature}; leave them out to use the defaults"
            )


@dataclass(frozen=True, eq=False)
class Beside:
    """Matrices side by side, as one: only the rows that are asked for are put together, so they may lie on a disk."""

    matrices: Sequence[Floats]

    def __getitem__(self, rows: Any) -> Floats:
        """Some rows.

        Example:
            >>> Beside((np.zeros((3, 1)), np.ones((3, 2))))[np.array([2])].tolist()
            [[0.0, 1.0, 1.0]]
        """
        return np.concatenate([np.asarray(one[rows], np.float32) for one in self.matrices], axis=1)

    def tobytes(self) -> bytes:
        """What tells these matrices from others: a checkpoint asks."""
        return "".join(digest(one.tobytes()) for one in self.matrices).encode()


@dataclass(frozen=True, eq=False)
class Taught:
    """The loss of a student whose targets stand side by side: what is wanted, what the teacher says, what is known."""

    hard: RowLoss
    soft: Soft
    output: OutputKind
    columns: int  # of the scores
    matrix: bool  # whether what is wanted is a matrix, or a code
    beyond: float = 0.0  # weight of a column behind the scores: how far the inside of the student is from its teacher

    def __call__(self, scores: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """(units,) the loss of each row or word.

        Args:
            scores: (units, columns, and one more where `beyond` counts).
            target: (units,) codes.
            soft: (units, columns where `matrix`, then columns + 1).
        """
        if soft is None:
            raise InputError("a student must be told what its teacher says; got nothing; report this")
        own = scores[:, : self.columns].float()
        wanted, told = soft[:, : self.columns] if self.matrix else None, soft[:, -self.columns - 1 : -1]
        share = 1.0 - (1.0 - self.soft.alpha) * soft[:, -1]  # what is not known counts nothing
        total = share * unlike(own, told, self.output, self.soft.temperature)
        if self.soft.alpha < 1:
            total = total + (1.0 - share) * self.hard(own, target, wanted)
        return total + self.beyond * scores[:, self.columns] if self.beyond else total


def unlike(scores: torch.Tensor, told: torch.Tensor, output: OutputKind, temperature: float) -> torch.Tensor:
    """(units,) how far scores are from what a teacher told; 0 where they say the same.

    Args:
        scores: (units, columns) logits, log odds, or numbers.
        told: the same of the teacher.
        output: what is answered.
        temperature: of classes and labels.

    Example:
        >>> import torch
        >>> unlike(torch.zeros(1, 2), torch.zeros(1, 2), "label", 2.0).tolist()
        [0.0]
    """
    from torch.nn import functional

    if output == "number":
        return 0.5 * ((scores - told) ** 2).sum(dim=1)
    scores, told = scores / temperature, told / temperature
    if output == "labels":
        chance = told.sigmoid()
        most = functional.binary_cross_entropy_with_logits(told, chance, reduction="none")  # the entropy
        crossed = functional.binary_cross_entropy_with_logits(scores, chance, reduction="none")
        return temperature**2 * (crossed - most).mean(dim=1)
    logs, teacher = functional.log_softmax(scores, dim=1), functional.log_softmax(told, dim=1)
    return temperature**2 * (teacher.exp() * (teacher - logs)).sum(dim=1)
