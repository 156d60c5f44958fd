"""Which pairs of texts can a learner be tried on? Two that say the same share words, two that do not share few.

The second text also holds three words that tell, so that a learner that reads both as one text learns too;
`compared_only` makes pairs that only a learner that compares can answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Dataset, Parts, Task
from naeum.testing import data
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

TASK = Task(inputs=("text", "hypothesis"), classes=("other", "near", "same"))
WORDS = data.FILLER[True]  # of which both texts are made
TELLING = data.SIGNAL[True]  # of each class
LENGTH = 2  # words of a text
SHARED = (0, 1, 2)  # of other pairs, near ones and same ones
WRONG = 0.05  # share of rows to fit whose label is another


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Pairs of Korean texts with no word in common, one, or two; a few of those to fit are labelled wrong.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.rows.column_names
        (48, 16, ['text', 'hypothesis'])
    """
    return Parts(_make(n, seed, WRONG), _make(max(2, n // 3), seed + 1000, 0.0))


def compared_only(n: int = 48, seed: int = 0) -> Parts:
    """The same without words that tell: neither text says anything alone."""
    return Parts(_make(n, seed, 0.0, telling=False), _make(max(2, n // 3), seed + 1000, 0.0, telling=False))


def odd() -> pa.Table:
    """Empty text, a missing cell, NUL, emoji, right-to-left and decomposed letters, on either side."""
    import pyarrow as pa

    found = data.odd_texts(TASK)
    backwards = found.take(list(range(len(found)))[::-1])
    turned = pa.Table.from_arrays([found.column(1), backwards.column(0)], names=list(TASK.inputs))
    return pa.concat_tables([found, turned])


def _make(n: int, seed: int, wrong: float, telling: bool = True) -> Dataset:
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    sides: tuple[list[str], list[str]] = ([], [])
    target = np.arange(n) % len(SHARED)
    for code in target:
        words = rng.permutation(WORDS)
        shared = SHARED[code]
        left, right = words[:LENGTH], [*words[:shared], *words[LENGTH : 2 * LENGTH - shared]]
        right += rng.choice(TELLING[code], 3).tolist() if telling else []
        sides[0].append(" ".join(rng.permutation(left).tolist()))
        sides[1].append(" ".join(rng.permutation(right).tolist()))
    target = np.where(rng.random(n) < wrong, (target + 1) % len(SHARED), target)
    found = data.dataset([f"{a} {b}" for a, b in zip(*sides, strict=True)], target, TASK)
    rows = pa.table(dict(zip(TASK.inputs, (pa.array(side, pa.string()) for side in sides), strict=True)))
    return replace(found, rows=rows, key=digest(found.key + "pairs"))
