"""What changed between two versions: rows added, removed, changed, and distributions?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from naeum import sets
from naeum.contract import Ints
from naeum.data.expectations import learn
from naeum.data.ids import GOLDEN, mix, occurrence
from naeum.data.schema import ID_NAMES, no_such_column
from naeum.data.versions.chunks import Hashes, cell_hashes, row_hashes
from naeum.errors import InputError

EXAMPLES = 5  # rows of each sort that are shown
SAME_CELLS = 0.5  # share of equal cells from which a row at the same place is the same row, changed
DRIFT = ("missing", "values", "shares", "distribution", "lengths", "characters", "range")  # what is told of columns


@dataclass(frozen=True)
class Diff:
    """What changed.

    Args:
        rows: before and after.
        added, removed, changed: counts of rows.
        by: the column by which rows were told to be the same; '' where their content and place told it.
        columns_added, columns_removed: names.
        cells: how many cells changed in each column, of the rows that changed.
        examples: some of each: the row's number from 1 and its cells, or column, before and after.
        distributions: sentences about columns that differ by more than chance.
    """

    rows: tuple[int, int]
    added: int
    removed: int
    changed: int
    by: str
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    cells: Mapping[str, int]
    examples: Mapping[str, tuple[Mapping[str, Any], ...]]
    distributions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return dict(self.__dict__)


def diff(before: pa.Table, after: pa.Table, key: str | None = None) -> Diff:
    """Compare two tables on the columns that both have.

    Args:
        key: a column that names rows; if it is not given, one called id, or content and place.

    Raises:
        InputError: the key is not in both, or names two rows.

    Example:
        >>> before = pa.table({"id": ["1", "2"], "a": ["가", "나"]})
        >>> found = diff(before, pa.table({"id": ["2", "3"], "a": ["다", "라"]}))
        >>> found.added, found.removed, found.changed, dict(found.cells)
        (1, 1, 1, {'a': 1})
    """
    shared = [name for name in before.column_names if name in after.column_names]
    if not shared:
        raise InputError("versions must share a column; these two share none; compare versions of one data set")
    old, new = cell_hashes(before.select(shared)), cell_hashes(after.select(shared))
    by = _key(before, after, key, shared, old, new)
    match = _by_key(old, new, shared.index(by)) if by else _by_place(old, new)
    one, other = np.flatnonzero(match >= 0), match[match >= 0]
    unlike = old[one] != new[other]
    touched = np.flatnonzero(unlike.any(axis=1))
    gone = np.flatnonzero(match < 0)
    fresh = sets.rest(len(new), other)
    return Diff(
        rows=(len(old), len(new)),
        added=len(fresh),
        removed=len(gone),
        changed=len(touched),
        by=by,
        columns_added=tuple(name for name in after.column_names if name not in shared),
        columns_removed=tuple(name for name in before.column_names if name not in shared),
        cells={name: int(count) for name, count in zip(shared, unlike.sum(axis=0), strict=True) if count},
        examples={
            "added": _examples(after, fresh),
            "removed": _examples(before, gone),
            "changed": _changes(before, after, shared, [(int(one[at]), int(other[at])) for at in touched[:EXAMPLES]]),
        },
        distributions=_drift(before, after, shared),
    )


def _key(before: pa.Table, after: pa.Table, key: str | None, shared: list[str], old: Hashes, new: Hashes) -> str:
    for name in [key] if key is not None else [name for name in shared if name.strip().lower() in ID_NAMES]:
        if name not in shared:
            raise no_such_column("key", str(name), shared, "both versions")
        at = shared.index(name)
        if all(len(sets.unique(side[:, at])) == len(side) for side in (old, new)):
            return name
        if key is not None:
            raise InputError(f"a key must name each row once; {key!r} stands twice; name another, or none")
    return ""


def _by_key(old: Hashes, new: Hashes, at: int) -> Ints:
    """(rows before,) where the row with the same key stands after; -1 where there is none."""
    order = np.argsort(new[:, at], kind="stable")
    found = np.searchsorted(new[order, at], old[:, at])
    found[found == len(order)] = 0
    place = order[found]
    return np.where(new[place, at] == old[:, at], place, -1)


def _by_place(old: Hashes, new: Hashes) -> Ints:
    """(rows before,) where the same row stands after, by content; what is left, by the row that stands before it."""
    before, after = (_named(row_hashes(side)) for side in (old, new))
    match = _by_key(before[:, None], after[:, None], 0)
    left = np.flatnonzero(match < 0)
    free = sets.rest(len(new), match)
    anchors = {anchor: int(at) for anchor, at in zip(_anchors(free, after), free, strict=True)}
    known = match >= 0
    for anchor, at in zip(_anchors(left, before), left, strict=True):
        place = anchors.get(anchor)
        if place is not None and not known[at] and (old[at] == new[place]).mean() >= SAME_CELLS:
            match[at] = place
    return match


def _named(rows: Hashes) -> Hashes:
    """Hashes of content and of how often it stood before, so that each row has its own."""
    again = occurrence(rows)
    return np.where(again > 0, mix(rows + again.astype(np.uint64) * GOLDEN), rows)


def _anchors(places: Ints, names: Hashes) -> list[tuple[int, int]]:
    """For each unmatched row the nearest matched row before it, and how many unmatched ones lie between."""
    alone = np.zeros(len(names), bool)
    alone[places] = True
    last = np.maximum.accumulate(np.where(alone, -1, np.arange(len(names)))) if len(names) else places
    return [(int(names[last[at]]) if last[at] >= 0 else -1, int(at - last[at])) for at in places]


def _examples(table: pa.Table, places: Ints) -> tuple[dict[str, Any], ...]:
    rows = table.take(places[:EXAMPLES]).to_pylist()
    return tuple({"row": int(at) + 1, "cells": row} for at, row in zip(places[:EXAMPLES], rows, strict=True))


def _changes(
    before: pa.Table, after: pa.Table, shared: list[str], pairs: list[tuple[int, int]]
) -> tuple[dict[str, Any], ...]:
    made = []
    for one, other in pairs:
        old, new = before.slice(one, 1).to_pylist()[0], after.slice(other, 1).to_pylist()[0]
        cells = {name: [old[name], new[name]] for name in shared if old[name] != new[name]}
        made.append({"row": other + 1, "cells": cells})
    return tuple(made)


def _drift(before: pa.Table, after: pa.Table, shared: list[str]) -> tuple[str, ...]:
    """What expectations learned on the one say of the other."""
    report = learn(before.select(shared)).check(after.select(shared))
    return tuple(f"{result.title}: {result.verdict.seen}" for result in report.broken if result.rule.word in DRIFT)
