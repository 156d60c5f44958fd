"""How do rows of one table stand to those of another that was read apart?

Cells are compared as numbers where both tables hold numbers, and as words where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.explore.columns.duplicates import AT_ONCE
from naeum.explore.facts import DATES, NUMBERS
from naeum.explore.table import ROW, Table, quoted

if TYPE_CHECKING:
    import pyarrow as pa

Hashes = npt.NDArray[np.uint64]


def shared(one: Table, other: Table, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the names that both tables have as columns."""
    return tuple(name for name in names if name in one.columns and name in other.columns)


def hashes(tables: Sequence[Table], names: Sequence[str]) -> list[Hashes]:
    """For each table (rows,) a number for the cells of a row, equal for equal rows of any of the tables.

    Example:
        >>> from naeum.explore.loading import opened
        >>> one, other = opened([{"a": "1"}, {"a": "2"}]), opened([{"a": 2}])
        >>> found = hashes([one, other], ["a"])
        >>> bool(found[0][1] == found[1][0]), bool(found[0][0] == found[1][0])
        (True, False)
    """
    kinds = {name: _kind([table.columns[name] for table in tables]) for name in names}
    told = [f"CAST({quoted(name)} AS {kind})" for name, kind in kinds.items()]
    parts = [f"hash({', '.join(told[start : start + AT_ONCE])})" for start in range(0, len(told), AT_ONCE)]
    whole = parts[0] if len(parts) == 1 else f"hash({', '.join(parts)})"
    query = f'SELECT {whole} AS h FROM numbered ORDER BY "{ROW}"'
    return [np.asarray(table.connection.execute(query).fetchnumpy()["h"], np.uint64) for table in tables]


def drawn(table: Table, names: Sequence[str], rows: npt.NDArray[np.int64]) -> pa.Table:
    """Rows of these numbers as an Arrow table; truth values as words, so that they compare as categories."""
    import pyarrow as pa

    found: Any = table.take(rows, names)
    for at, column in enumerate(found.columns):
        if pa.types.is_boolean(column.type):
            found = found.set_column(at, found.column_names[at], column.cast(pa.string()))
    return found  # type: ignore[no-any-return]


def _kind(types: Sequence[str]) -> str:
    if all(kind in NUMBERS for kind in types):
        return "DOUBLE"
    if all(kind in DATES for kind in types):
        return "TIMESTAMP"
    return "VARCHAR"
