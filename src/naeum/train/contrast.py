"""How do rows of one class move together and others apart, without a list of pairs?

Every batch is drawn so that some rows of a class stand in it together; then each row of it is compared with all others
at once (Khosla et al. 2020, "Supervised contrastive learning", eq. 2):

    -1/|P(i)| Σ_{p in P(i)} log [ exp(v_i·v_p / τ) / Σ_{a ≠ i} exp(v_i·v_a / τ) ]

with P(i) the other rows of the class of i, v of length one. A batch of 64 rows holds 2,016 pairs for the price of 64
vectors; a list of pairs pays two vectors for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Ints

if TYPE_CHECKING:
    import torch

ITSELF = -1e9  # likeness of a row to itself: it is not among those it is told from; finite, for a batch of one row


@dataclass(frozen=True)
class Contrast:
    """The loss of each row of a batch against the others, in nats."""

    temperature: float

    def __call__(self, vectors: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """The loss of each row; 0 where no other row of the batch is of its class.

        Args:
            vectors: (rows, width) of length one.
            target: (rows,) codes.
            soft: not looked at.

        Returns:
            (rows,).
        """
        import torch

        likeness = vectors.float() @ vectors.float().T / self.temperature
        itself = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
        logs = likeness - likeness.masked_fill(itself, ITSELF).logsumexp(dim=1, keepdim=True)
        alike = (target[:, None] == target[None]) & ~itself
        return -(logs * alike).sum(dim=1) / alike.sum(dim=1).clamp_min(1)


@dataclass(frozen=True, eq=False)
class Together:
    """The batches of an epoch: every row once, `together` rows of a class side by side, classes at random."""

    target: Ints  # (rows,) codes
    together: int
    batch_size: int

    def __call__(self, seed: int, epoch: int) -> list[Ints]:
        """Batches of `batch_size` rows, the last one perhaps smaller.

        Example:
            >>> [batch.tolist() for batch in Together(np.array([0, 0, 0, 0]), 2, 4)(seed=0, epoch=1)]
            [[0, 1, 2, 3]]
        """
        rng = np.random.default_rng((seed, epoch))
        order = rng.permutation(len(self.target))
        order = order[np.argsort(self.target[order], kind="stable")]  # by class, at random within
        starts = np.flatnonzero(np.diff(self.target[order], prepend=-1))
        place = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
        group = np.cumsum(place % self.together == 0) - 1  # rows of one group stand together
        rank = rng.permutation(group[-1] + 1)[group] if len(order) else group
        drawn = order[np.argsort(rank, kind="stable")]
        batches = [np.sort(drawn[at : at + self.batch_size]) for at in range(0, len(drawn), self.batch_size)]
        return [np.asarray(batch, np.int64) for batch in batches]
