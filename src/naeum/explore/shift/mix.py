"""Do the shares of the classes differ from period to period?"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Ints

PERIODS = 10  # of like size: a trend is seen, and each has a tenth of the rows
LEAST_ROWS = 300  # with a time: thirty a period
ENDS = 3  # the oldest and the newest part are a third each
MOST_CLASSES = 8  # whose shares are drawn, the most frequent ones


def label_drift(target: Ints, periods: list[Ints], classes: int) -> dict[str, Any] | None:
    """Shares of the classes in each period, and whether they differ: Cramér's V and the p value; None without labels.

    Example:
        >>> target = np.array([0] * 50 + [1] * 50)
        >>> label_drift(target, [np.arange(50), np.arange(50, 100)], 2)["cramer_v"]
        1.0
    """
    from scipy.stats import chi2_contingency

    counts = np.stack([np.bincount(target[rows][target[rows] >= 0], minlength=classes) for rows in periods])
    there = counts.sum(axis=0) > 0
    if there.sum() < 2 or not counts.sum(axis=1).all():
        return None
    test = chi2_contingency(counts[:, there], correction=False)
    width = min(len(periods), int(there.sum())) - 1
    codes = np.argsort(-counts.sum(axis=0), kind="stable")[:MOST_CLASSES]
    shares = counts / counts.sum(axis=1, keepdims=True)
    return {
        "codes": codes.tolist(),
        "shares": shares[:, codes].T.tolist(),
        "cramer_v": float(np.sqrt(test.statistic / (counts.sum() * width))),
        "p": float(test.pvalue),
    }
