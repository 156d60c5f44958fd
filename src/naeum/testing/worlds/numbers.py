"""Which texts can a learner of a number be tried on?

A text praises and scolds; its number grows with every word of praise and falls with every scolding one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Dataset, Parts, Task
from naeum.testing import data

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(target="score", metric="rmse", output="number")
LOWEST, STEP = 100.0, 20.0  # far from 0 and 1, as prices are
NOISE = 1.0
SIGNS = 2  # words of praise or scolding in a text


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows whose number can be read from their words, with a little noise.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.output
        (48, 16, 'number')
    """
    return Parts(_make(n, seed), _make(max(2, n // 3), seed + 1000))


def odd() -> pa.Table:
    """Empty text, a missing cell, NUL, emoji, right-to-left and decomposed letters."""
    return data.odd_texts(TASK)


def _make(n: int, seed: int) -> Dataset:
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    texts, truth = [], np.empty(n)
    for row in range(n):
        praise = row % (SIGNS + 1)
        good, bad = data.SIGNAL[True][0], data.SIGNAL[True][1]
        words = [*rng.choice(good, praise), *rng.choice(bad, SIGNS - praise), *rng.choice(data.FILLER[True], 3)]
        texts.append(" ".join(rng.permutation(words).tolist()))
        truth[row] = LOWEST + STEP * praise + NOISE * rng.normal()
    found = data.dataset(texts, np.zeros(n, np.int64), TASK)
    return replace(found, truth=pa.chunked_array([pa.array(truth)]), key=f"{found.key}/numbers")
