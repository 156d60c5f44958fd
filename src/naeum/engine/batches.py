"""How are rows of unlike length put into batches without waste?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.errors import InputError


def by_tokens(lengths: npt.NDArray[np.integer], budget: int, rng: np.random.Generator | None = None) -> list[Ints]:
    """Batches of rows of like length, each padded to at most `budget` tokens; every row stands in exactly one.

    Args:
        lengths: (rows,) tokens of each row.
        budget: most tokens of a batch once every row is padded to its longest; a longer row is a batch alone.
        rng: shuffles rows of equal length and the order of the batches, as training wants; None: longest first, so
            that the memory is known at once and the time left is never guessed too short.

    Returns:
        Index arrays into `lengths`.

    Raises:
        InputError: the budget is less than one token.

    Example:
        >>> [batch.tolist() for batch in by_tokens(np.array([2, 9, 3, 2]), budget=6)]
        [[1], [2, 0], [3]]
    """
    if budget < 1:
        raise InputError(f"a budget must be at least one token; got {budget}; a few thousand are usual")
    ties = np.arange(len(lengths)) if rng is None else rng.permutation(len(lengths))
    order = ties[np.argsort(-np.asarray(lengths, np.int64)[ties], kind="stable")]
    batches: list[Ints] = []
    start = 0
    while start < len(order):
        longest = max(1, int(lengths[order[start]]))
        stop = start + max(1, budget // longest)
        batches.append(np.asarray(order[start:stop], np.int64))
        start = stop
    if rng is not None:
        batches = [batches[at] for at in rng.permutation(len(batches))]
    return batches
