"""Which texts can a learner of classes in an order be tried on?

A text praises and scolds; the more praise, the higher its class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Dataset, Parts, Task
from naeum.testing import data

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(target="rating", classes=("나쁨", "보통", "좋음"), metric="mae", ordered=True)
SIGNS = 3  # words of praise or scolding in a text


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows whose class grows with their words of praise.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.ordered
        (48, 16, True)
    """
    return Parts(_make(n, seed), _make(max(3, n // 3), seed + 1000))


def odd() -> pa.Table:
    """Empty text, a missing cell, NUL, emoji, right-to-left and decomposed letters."""
    return data.odd_texts(TASK)


def _make(n: int, seed: int) -> Dataset:
    rng = np.random.default_rng(seed)
    target, texts = np.arange(n) % len(TASK.classes), []
    for code in target:
        praise = (0, int(rng.integers(1, 3)), SIGNS)[code]
        good, bad = data.SIGNAL[True][0], data.SIGNAL[True][1]
        words = [*rng.choice(good, praise), *rng.choice(bad, SIGNS - praise), *rng.choice(data.FILLER[True], 3)]
        texts.append(" ".join(rng.permutation(words).tolist()))
    return data.dataset(texts, target, TASK)
