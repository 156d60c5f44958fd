"""Which rows stand, equal or nearly so, on two sides of a split?

Of a test part only the inputs are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Ints
from naeum.data.near import near_groups
from naeum.errors import NotApplicable
from naeum.explore.labels.conflicts import equal_groups, texts_at
from naeum.explore.plain import leaks as of_cells
from naeum.explore.plain.features import applies
from naeum.explore.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 600_000  # rows of all parts that are compared: ten seconds
MOST_NAMED = 1_000  # rows that are named
SHOWN = 20  # pairs that are shown


def look(subject: Subject) -> dict[str, Any] | None:
    """For every pair of the parts that were given (train, valid, test): rows of the second that stand in the first.

    Raises:
        NotApplicable: there is one part only.
    """
    if applies(subject):
        return of_cells.look(subject)
    parts = given(subject)
    if len(parts) < 2:
        raise NotApplicable("it needs a part beside the training rows; name one with --valid or --test")
    names = list(parts)
    tables = [parts[name].rows for name in names]
    rows = _together(tables)
    if rows.num_rows > MOST_ROWS:
        raise NotApplicable(
            f"near copies are looked for in {MOST_ROWS:,} rows at most; all parts have {rows.num_rows:,}"
        )
    sizes = [table.num_rows for table in tables]
    equal, near = (np.split(found, np.cumsum(sizes)[:-1]) for found in (equal_groups(rows), near_groups(rows)))
    pairs = [(one, other) for one in range(len(names)) for other in range(one + 1, len(names))]
    return {
        "what": "texts",
        "parts": [[name, size] for name, size in zip(names, sizes, strict=True)],
        "pairs": [
            {"first": names[one], "second": names[other], "rows": sizes[other],
             **shared((equal[one], near[one]), (equal[other], near[other]), parts[names[one]], parts[names[other]])}
            for one, other in pairs
        ],
    }  # fmt: skip


def given(subject: Subject) -> dict[str, Dataset]:
    """The parts that were given, by name, the rows to learn from first."""
    held = {"train": subject.data, "valid": subject.valid, "test": subject.test}
    return {name: data.dataset for name, data in held.items() if data is not None}


def shared(one: tuple[Ints, Ints], other: tuple[Ints, Ints], first: Dataset, second: Dataset) -> dict[str, Any]:
    """Rows of the second part whose group (equal, near) also stands in the first, and some of them side by side."""
    equal, near = sets.isin(other[0], one[0]), sets.isin(other[1], one[1])
    only_near = np.flatnonzero(near & ~equal)
    return {
        "equal": int(equal.sum()),
        "equal_texts": len(sets.unique(other[0][equal])),
        "near": int((near | equal).sum()),
        "named": np.flatnonzero(near | equal)[:MOST_NAMED].tolist(),
        "shown": _side_by_side(only_near[:SHOWN], one[1], other[1], first, second),
    }


def _side_by_side(rows: Ints, one: Ints, other: Ints, first: Dataset, second: Dataset) -> list[dict[str, Any]]:
    if not len(rows):
        return []
    order = np.argsort(one, kind="stable")
    partner = order[np.searchsorted(one[order], other[rows])]
    sides = texts_at(second, rows), texts_at(first, partner)
    return [
        {"row": at, "text": text, "like": to, "like_text": like}
        for at, to, text, like in zip(rows.tolist(), partner.tolist(), *sides, strict=True)
    ]


def _together(tables: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    wide = pa.schema([(name, pa.large_string()) for name in tables[0].column_names])
    return pa.concat_tables([table.select(wide.names).cast(wide) for table in tables])
