"""Which rows hold the same input and carry different labels, and how many of them can no model answer?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from naeum.contract import Ints


@dataclass(frozen=True, eq=False)
class Conflicts:
    """Inputs that stand several times with different labels."""

    inputs: int
    rows: Ints  # positions of all their rows, those of one input together
    lost: int  # rows that a model answering each input in one way must answer wrongly


def conflicts(same: Ints, target: Ints) -> Conflicts:
    """Compare the labels of rows that hold the same input.

    Args:
        same: (rows,) equal numbers for equal inputs, from 0.
        target: (rows,) codes, every row labelled.

    Example:
        >>> found = conflicts(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]))
        >>> found.inputs, found.rows.tolist(), found.lost
        (1, [0, 1, 2], 1)
    """
    pairs, counts = np.unique(np.stack([same, target]), axis=1, return_counts=True)
    labels = np.bincount(pairs[0])
    clash = labels > 1  # (inputs,)
    most = np.zeros(len(labels), np.int64)
    np.maximum.at(most, pairs[0], counts)
    lost = int((np.bincount(same) - most)[clash].sum()) if len(same) else 0
    involved = np.flatnonzero(clash[same])
    return Conflicts(int(clash.sum()), involved[np.argsort(same[involved], kind="stable")], lost)
