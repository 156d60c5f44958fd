"""Which Korean texts can a learner of one label a row be tried on?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naeum.contract import Parts, Task
from naeum.testing import data

if TYPE_CHECKING:
    import pyarrow as pa


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Rows of three classes, a tenth of those to fit with a wrong label.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.output
        (48, 16, 'label')
    """
    return data.parts(n, classes=3, korean=True, seed=seed, noise=0.1)


def odd() -> pa.Table:
    """Empty text, a missing cell, NUL, emoji, right-to-left and decomposed letters."""
    return data.odd_texts(Task())
