"""In which order do the rows go through a training, and which of them share a step?"""

from __future__ import annotations

import numpy as np

from naeum.contract import Ints

# Rows are sorted by length inside pools of so many batches: near-equal lengths within a batch (padding under a tenth),
# while which rows meet still changes every epoch.
POOL_BATCHES = 64


def batches(lengths: Ints, batch_size: int, seed: int, epoch: int) -> list[Ints]:
    """The batches of one epoch: `batch_size` rows of like lengths each, decided by lengths, seed and epoch alone.

    Every row comes exactly once; one batch may be smaller. Their order is random.

    Example:
        >>> sorted(sorted(batch.tolist()) for batch in batches(np.array([5, 1, 5, 1]), 2, seed=0, epoch=0))
        [[0, 2], [1, 3]]
    """
    rng = np.random.default_rng((seed, epoch))
    order = rng.permutation(len(lengths))
    found: list[Ints] = []
    for start in range(0, len(order), POOL_BATCHES * batch_size):
        pool = order[start : start + POOL_BATCHES * batch_size]
        pool = pool[np.argsort(lengths[pool], kind="stable")]
        found += [pool[at : at + batch_size] for at in range(0, len(pool), batch_size)]
    return [found[at] for at in rng.permutation(len(found))]


def steps_per_epoch(rows: int, batch_size: int) -> int:
    """How many batches an epoch has.

    Example:
        >>> steps_per_epoch(33, 16)
        3
    """
    return -(-rows // batch_size)


def split(batch: Ints, lengths: Ints, most_tokens: int) -> list[Ints]:
    """Cut a batch into parts of at most `most_tokens` padded tokens, at least one row each, in its order.

    Example:
        >>> [part.tolist() for part in split(np.array([2, 0, 1]), np.array([4, 4, 3]), most_tokens=8)]
        [[2, 0], [1]]
    """
    parts: list[list[int]] = [[]]
    longest = 0
    for row in batch.tolist():
        longest = max(longest, int(lengths[row]))
        if parts[-1] and longest * (len(parts[-1]) + 1) > most_tokens:
            parts.append([])
            longest = int(lengths[row])
        parts[-1].append(row)
    return [np.asarray(part, np.int64) for part in parts]
