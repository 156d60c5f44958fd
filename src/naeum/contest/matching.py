"""Which row of the test file does each row of a sample submission ask for?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Ints
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

BETWEEN = "\x1f"  # between the parts of an id of several columns: no file holds it
NAMED = 3  # ids that are named in a refusal


@dataclass(frozen=True)
class Match:
    """The rows of the test file in the order of the sample, and the sample's columns that are copied."""

    order: Ints  # (sample rows,) positions in the test file
    copied: tuple[str, ...]
    note: str = ""


def matched(sample: pa.Table, test: pa.Table) -> Match:
    """Match by the id columns that sample and test share; by the order of the rows where they share none.

    Raises:
        InputError: an id is missing or doubled on either side, or nothing says which row is which.
    """
    shared = _shared(sample, test)
    if not shared:
        return _in_order(sample, test)
    count = 1
    while count < len(shared) and _doubled(_keys(sample, [name for name, _ in shared[:count]])):
        count += 1
    wanted, there = (_keys(table, [pair[at] for pair in shared[:count]]) for at, table in enumerate((sample, test)))
    _refuse_doubled(wanted, "the sample")
    _refuse_doubled(there, "the test file")
    _refuse_missing(wanted, there, "of the sample must stand in the test file", "check that both belong together")
    _refuse_missing(there, wanted, "of the test file must stand in the sample", "take these rows out of the test file")
    place = {key: at for at, key in enumerate(there)}
    return Match(np.array([place[key] for key in wanted], np.int64), tuple(name for name, _ in shared))


def _shared(sample: pa.Table, test: pa.Table) -> list[tuple[str, str]]:
    """Columns of both, as (name in the sample, name in the test file), in the order of the sample; case does not count.

    All but the last column of a sample may be shared: the last one holds answers.
    """
    names = {name.casefold(): name for name in reversed(test.column_names)}
    exact = set(test.column_names)
    found = [
        (name, name if name in exact else names[name.casefold()])
        for name in sample.column_names
        if name in exact or name.casefold() in names
    ]
    return found[: sample.num_columns - 1]


def _keys(table: pa.Table, names: Sequence[str]) -> list[str]:
    """(rows,) the id of each row as a text: 7 and 7.0 and " 7" are one id."""
    columns = [[_word(value) for value in table.column(name).to_pylist()] for name in names]
    return columns[0] if len(columns) == 1 else [BETWEEN.join(parts) for parts in zip(*columns, strict=True)]


def _word(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _doubled(keys: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    return [key for key in keys if key in seen or seen.add(key)]  # type: ignore[func-returns-value]


def _refuse_doubled(keys: Sequence[str], where: str) -> None:
    doubled = _doubled(keys)
    if doubled:
        raise InputError(
            f"every id of {where} must stand there once; {len(doubled)} come again, as {_listed(doubled)}; take the "
            "doubled rows out"
        )


def _refuse_missing(wanted: Sequence[str], there: Sequence[str], what: str, advice: str) -> None:
    missing = sorted(set(wanted) - set(there))
    if missing:
        raise InputError(f"every id {what}; {len(missing)} do not, as {_listed(missing)}; {advice}")


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(repr(key.replace(BETWEEN, " · ")) for key in keys[:NAMED])


def _in_order(sample: pa.Table, test: pa.Table) -> Match:
    """Without a shared column both must have as many rows; a first column of ids is copied."""
    if sample.num_rows != test.num_rows:
        raise InputError(
            "a sample without a column of the test file must have as many rows; it has "
            f"{sample.num_rows:,} and the test file {test.num_rows:,}; give both a column of ids with one name"
        )
    copied: tuple[str, ...] = ()
    if sample.num_columns > 1:
        first = sample.column_names[0]
        _refuse_doubled(_keys(sample, [first]), "the sample")
        copied = (first,)
    note = "The sample shares no column with the test file: rows are matched by their order."
    return Match(np.arange(test.num_rows), copied, note)
