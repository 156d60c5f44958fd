"""What else is known of rows that are learned from: further answers, named with --also, that no row to predict has?

They are looked up by the id of a row, so no part, fold or made row carries them along, and nothing that answers rows
can see them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Ids
from naeum.data.parts import Data
from naeum.data.schema import no_such_column
from naeum.errors import InputError
from naeum.values import digest

ROLE = "also"
OTHER_ROLES = ("target", "text", "columns", "weight", "group", "time", "id", "folds")


@dataclass(frozen=True, eq=False)
class Also:
    """Further answers of rows. Called with ids it gives a table of strings, null where there is none.

    Example:
        >>> from naeum.data import read
        >>> rows = [{"text": f"줄 {at}", "label": "가나"[at % 2], "topic": "물불흙"[at % 3]} for at in range(60)]
        >>> data = read(rows, also="topic")
        >>> also_of(data)(data.dataset.ids[[4, 1]])["topic"].to_pylist()
        ['불', '불']
    """

    ids: Ids  # sorted
    table: pa.Table  # in their order

    def __call__(self, ids: Ids) -> pa.Table:
        """The further answers of these rows, in their order."""
        at = np.searchsorted(self.ids, ids)
        there = at < len(self.ids)
        there[there] = self.ids[at[there]] == ids[there]
        places: pa.Int64Array = pa.array(at, pa.int64(), mask=~there)
        return self.table.take(places)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return tuple(self.table.column_names)

    @cached_property
    def key(self) -> str:
        """Equal for equal answers of equal rows."""
        columns = {name: self.table.column(name).to_pylist() for name in self.names}
        return digest(f"{digest(self.ids.tobytes())}{columns}")


def also_of(data: Data) -> Also | None:
    """The further answers of the rows of a file; none where no column was named."""
    names = [name for name, role in data.columns.items() if role == ROLE]
    if not names:
        return None
    order = np.argsort(data.dataset.ids, kind="stable")
    return Also(data.dataset.ids[order], data.others.select(names).take(order))


def set_apart(table: pa.Table, options: Mapping[str, Any], where: str) -> tuple[pa.Table, pa.Table]:
    """The columns in which inputs and target are looked for, and those of further answers.

    Raises:
        InputError: a column of --also is not there, or has another role as well.
    """
    names = listed(options.get(ROLE))
    for role in OTHER_ROLES:
        twice = [name for name in listed(options.get(role)) if name in names]
        if twice:
            raise InputError(
                f"a column of --also must have no other role, for it is only known while learning; {twice[0]!r} is "
                f"named by --{role}, too; name it once"
            )
    if options.get("part") is not None or options.get("task") is not None:
        names = tuple(name for name in names if name in table.column_names)  # a given part need not have them
    for name in names:
        if name not in table.column_names:
            raise no_such_column("--also", name, table.column_names, where)
    return table.drop_columns(list(names)), table.select(list(names))


def with_columns(table: pa.Table, more: pa.Table) -> pa.Table:
    """A table with the columns of another of as many rows after its own."""
    for name in more.column_names:
        table = table.append_column(name, more.column(name))
    return table


def listed(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Names as they are given: "a,b", or one by one.

    Example:
        >>> listed("topic, mood"), listed(["topic"]), listed(None)
        (('topic', 'mood'), ('topic',), ())
    """
    found = given.split(",") if isinstance(given, str) else given or ()
    return tuple(dict.fromkeys(name.strip() for name in found if name.strip()))
