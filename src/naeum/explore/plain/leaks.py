"""Which rows of a table stand in another part too, cell by cell?

Of a test part the target is never read: rows are compared by the columns that could be learned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

from naeum import sets
from naeum.errors import NotApplicable
from naeum.explore.plain.beside import Hashes, hashes
from naeum.explore.plain.features import REPEATED, features
from naeum.explore.subject import Subject
from naeum.explore.table import Table

MOST_NAMED = 1_000  # rows that are named


def look(subject: Subject) -> dict[str, Any]:
    """For every pair of the parts that were given (train, valid, test): rows of the second that stand in the first.

    Raises:
        NotApplicable: there is one part only, no column to compare, or rows repeat by the nature of the table.
    """
    tables = parts(subject)
    if len(tables) < 2:
        raise NotApplicable("it needs a part beside the training rows; name one with --valid or --test")
    names = [name for name in features(subject) if all(name in table.columns for table in tables.values())]
    if not names:
        raise NotApplicable("it compares columns that all parts have; there is none")
    told = dict(zip(tables, hashes(list(tables.values()), names), strict=True))
    different = len(sets.unique(told["train"])) / max(len(told["train"]), 1)
    if different < REPEATED:
        raise NotApplicable(
            f"only {100 * different:.0f} % of the training rows differ from all others; rows of such a table are equal"
            " by chance"
        )
    return {
        "what": "rows",
        "parts": [[name, table.rows] for name, table in tables.items()],
        "pairs": [
            {"first": one, "second": other, "rows": tables[other].rows, **_standing(told[one], told[other])}
            for one, other in combinations(tables, 2)
        ],
    }


def parts(subject: Subject) -> Mapping[str, Table]:
    """The tables that were given, by name, the rows to learn from first."""
    return {"train": subject.table, **subject.beside}


def _standing(one: Hashes, other: Hashes) -> dict[str, Any]:
    """Rows of the second part that stand in the first; no near copies, as cells are equal or are not."""
    found = sets.isin(other, one)
    equal = int(found.sum())
    named = np.flatnonzero(found)[:MOST_NAMED].tolist()
    return {"equal": equal, "equal_texts": len(sets.unique(other[found])), "near": equal, "named": named, "shown": []}
