"""Which texts can a learner of several labels a row be tried on?

A text has none, one or two labels; each has words of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Dataset, Parts, Task
from naeum.testing import data

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(target="topics", classes=("complaint", "delivery", "praise"), metric="micro_f1", output="labels")
WORDS = (data.SIGNAL[True][1], data.SIGNAL[True][2], data.SIGNAL[True][0])  # of each label
WRONG = 0.03  # share of labels to fit that are turned round
SETS = ((0,), (1,), (2,), (0, 1), (), (1, 2), (0,), (1,), (0, 2), (2,))


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows whose labels can be read from their words; a few of those to fit are wrong.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.truth.to_pylist()[3]
        (48, 16, [0, 1])
    """
    return Parts(_make(n, seed, WRONG), _make(max(2, n // 3), seed + 1000, 0.0))


def odd() -> pa.Table:
    """Empty text, a missing cell, NUL, emoji, right-to-left and decomposed letters."""
    return data.odd_texts(TASK)


def _make(n: int, seed: int, wrong: float) -> Dataset:
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    texts, truth = [], []
    for row in range(n):
        labels = SETS[row % len(SETS)]
        words = [word for label in labels for word in rng.choice(WORDS[label], 3)]
        texts.append(" ".join(rng.permutation([*words, *rng.choice(data.FILLER[True], 2)]).tolist()))
        turned = rng.random(len(WORDS)) < wrong
        truth.append([label for label in range(len(WORDS)) if (label in labels) != turned[label]])
    found = data.dataset(texts, np.zeros(n, np.int64), TASK)
    return replace(found, truth=pa.chunked_array([pa.array(truth, pa.list_(pa.int32()))]), key=f"{found.key}/labels")
