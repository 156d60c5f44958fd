"""Which columns are left out, at training and at serving alike?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pyarrow as pa

from naeum.data.clean.step import column_of
from naeum.errors import InputError


@dataclass(frozen=True)
class DropColumns:
    """Columns are left out: ids, constants, what gives the target away, what is not there when a model serves.

    Args:
        columns: their names.
        found: whether they were there when the step was settled; rows to serve may come without them.

    Example:
        >>> table = pa.table({"id": [1, 2], "도시": ["서울", "부산"]})
        >>> DropColumns(("id",)).settled(table).apply(table).column_names
        ['도시']
    """

    columns: tuple[str, ...]
    found: bool = False
    kind: ClassVar[str] = "drop_columns"
    version: ClassVar[int] = 1

    def settled(self, table: pa.Table) -> DropColumns:
        """The step itself, once its columns were there and others stay.

        Raises:
            InputError: a column is not there, or none would be left.
        """
        if self.found:
            return self
        for name in self.columns:
            column_of(table, name, "drop columns")
        if set(self.columns) >= set(table.column_names):
            raise InputError(f"a table must keep a column; all {len(table.column_names)} would go; name fewer")
        return replace(self, found=True)

    def apply(self, table: pa.Table) -> pa.Table:
        """The table without the columns, those that it has."""
        return table.select([name for name in table.column_names if name not in self.columns])
