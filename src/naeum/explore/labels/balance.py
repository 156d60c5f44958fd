"""How evenly are the rows spread over the classes, and are they sorted by them?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.subject import Subject

FEW_ROWS = 10  # rows below which a class is small: after a split one or two are left to be tested on


def look(subject: Subject) -> dict[str, Any] | None:
    """The balance of the target's classes, by their counts.

    Raises:
        NotApplicable: there is no target, or it is no label.
    """
    counted = subject.part("target")
    if "classes" not in counted:
        raise NotApplicable(f"it is for a target of classes; {counted['column']} holds numbers, or too many values")
    names = [str(one["class"]) for one in counted["classes"]]
    counts = np.array([one["rows"] for one in counted["classes"]], np.int64)
    return {**balance(counts, names), "sorted": sortedness(counted["runs"], counted["runs_shuffled"])}


def balance(counts: Ints, names: Sequence[str]) -> dict[str, Any]:
    """How even class counts (classes,) are.

    Returns:
        labelled, ratio (most to fewest rows), effective (the number of equally large classes of the same entropy,
        exp(H), Hill 1973), majority (share of the most frequent class), small (classes with fewer than FEW_ROWS rows,
        the smallest first).

    Example:
        >>> found = balance(np.array([30, 10]), ("좋음", "나쁨"))
        >>> found["ratio"], found["majority"], round(found["effective"], 2), found["small"]
        (3.0, 0.75, 1.75, [])
    """
    there = counts[counts > 0]
    shares = there / max(int(there.sum()), 1)
    rising = np.argsort(counts, kind="stable")
    return {
        "labelled": int(counts.sum()),
        "number": len(there),
        "ratio": float(there.max() / there.min()) if len(there) else 1.0,
        "effective": float(np.exp(-(shares * np.log(shares)).sum())),
        "majority": float(shares.max(initial=0.0)),
        "small": [[names[code], int(counts[code])] for code in rising.tolist() if 0 < counts[code] < FEW_ROWS],
    }


def sortedness(runs: float, shuffled: float) -> float:
    """The share of the way from a shuffled file (0) to one sorted by class (1), by runs of equal targets.

    Example:
        >>> sortedness(2, 51), sortedness(51, 51)
        (0.98, 0.0)
    """
    return float(1 - (runs - 1) / (shuffled - 1)) if shuffled > 1 else 0.0
