"""Which steps make another table: merge, group by, pivot?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pyarrow as pa

from naeum.data.clean.step import column_of
from naeum.data.duck import connected
from naeum.data.kinds import literal, quoted
from naeum.data.relation import table_of
from naeum.errors import InputError

JOINS = ("left", "inner")
WAYS = ("mean", "sum", "min", "max", "median", "count")
MOST_COLUMNS = 1000  # of a pivot
ORDER = "naeum order"


@dataclass(frozen=True)
class Merge:
    """Columns of another file, for rows with equal keys.

    Args:
        table: path of the other file.
        on: the key columns, in both.
        how: "left" (every row stays) or "inner" (rows without a partner go).

    Raises:
        InputError: a key stands twice in the other file, so rows would multiply.
    """

    table: str
    on: tuple[str, ...]
    how: str = "left"
    kind: ClassVar[str] = "merge"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.how not in JOINS:
            raise InputError(f"a merge must be one of {', '.join(JOINS)}; got {self.how!r}; correct its name")

    def made(self, table: pa.Table) -> pa.Table:
        """The rows in their order, with the columns that they lack."""
        other, name = table_of(Path(self.table))
        for key in self.on:
            column_of(table, key, "merge")
            column_of(other, key, f"merge with {name}")
        keys = ", ".join(quoted(key) for key in self.on)
        new = [column for column in other.column_names if column not in table.column_names]
        with connected() as connection:
            connection.register("here", table.append_column(ORDER, pa.array(range(table.num_rows))))
            connection.register("there", other)
            double = connection.execute(f"SELECT {keys} FROM there GROUP BY {keys} HAVING count(*) > 1 LIMIT 1")
            if (found := double.fetchone()) is not None:
                told = ", ".join(map(str, found))
                raise InputError(
                    f"a key must stand once in {name}; {', '.join(self.on)} = {told} stands more often; "
                    "drop its duplicates first"
                )
            same = " AND ".join(f"here.{quoted(key)}::VARCHAR = there.{quoted(key)}::VARCHAR" for key in self.on)
            added = "".join(f", there.{quoted(column)}" for column in new)
            kept = ", ".join(f"here.{quoted(column)}" for column in table.column_names)
            query = f"SELECT {kept}{added} FROM here {self.how} JOIN there ON {same} ORDER BY here.{quoted(ORDER)}"
            merged: pa.Table = connection.sql(query).to_arrow_table()
            return merged


@dataclass(frozen=True)
class GroupBy:
    """One row a group.

    Args:
        by: the columns that make a group.
        values: (column, way of WAYS) for each new column, called column_way.

    Example:
        >>> step = GroupBy(("c",), (("n", "sum"),))
        >>> step.made(pa.table({"c": ["a", "b", "a"], "n": [1, 2, 3]})).to_pylist()
        [{'c': 'a', 'n_sum': 4}, {'c': 'b', 'n_sum': 2}]
    """

    by: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "group_by"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        for _, way in self.values:
            _way(way)

    def made(self, table: pa.Table) -> pa.Table:
        """The groups, in the order of their names."""
        for name in (*self.by, *(name for name, _ in self.values)):
            column_of(table, name, "group by")
        keys = ", ".join(quoted(name) for name in self.by)
        new = ", ".join(f"{_aggregate(way, name)} AS {quoted(f'{name}_{way}')}" for name, way in self.values)
        return _asked(table, f"SELECT {keys}, {new} FROM given GROUP BY {keys} ORDER BY {keys}")


@dataclass(frozen=True)
class Pivot:
    """One row a value of `index`, one column a value of `columns`, and in each cell the values put together.

    Example:
        >>> table = pa.table({"day": ["1", "1", "2"], "city": ["서울", "부산", "서울"], "n": [1, 2, 3]})
        >>> Pivot("day", "city", "n", "sum").made(table).to_pylist()
        [{'day': '1', '부산': 2, '서울': 1}, {'day': '2', '부산': None, '서울': 3}]
    """

    index: str
    columns: str
    values: str
    how: str = "mean"
    kind: ClassVar[str] = "pivot"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        _way(self.how)

    def made(self, table: pa.Table) -> pa.Table:
        """The wide table."""
        for name in (self.index, self.columns, self.values):
            column_of(table, name, "pivot")
        column = quoted(self.columns)
        distinct = f"SELECT DISTINCT {column}::VARCHAR AS v FROM given WHERE {column} IS NOT NULL ORDER BY v"
        names = [name for name in _asked(table, distinct).column("v").to_pylist() if name is not None]
        if len(names) > MOST_COLUMNS:
            raise InputError(
                f"a pivot makes at most {MOST_COLUMNS:,} columns; {self.columns} has {len(names):,} values; "
                "group them first"
            )
        cells = ", ".join(
            f"{_aggregate(self.how, self.values)} FILTER (WHERE {column}::VARCHAR = {literal(name)}) AS {quoted(name)}"
            for name in names
        )
        index = quoted(self.index)
        return _asked(table, f"SELECT {index}, {cells} FROM given GROUP BY {index} ORDER BY {index}")


def _asked(table: pa.Table, query: str) -> pa.Table:
    import duckdb

    with connected() as connection:
        connection.register("given", table)
        try:
            answer: pa.Table = connection.sql(query).to_arrow_table()
        except duckdb.Error as error:
            reason = " ".join(str(error).split())[:160]
            raise InputError(f"values that are put together must be numbers; {reason}; name other columns") from error
        fields = [
            pa.field(field.name, pa.int64()) if pa.types.is_decimal(field.type) and field.type.scale == 0 else field
            for field in answer.schema
        ]
        return answer.cast(pa.schema(fields))  # sums of whole numbers are whole


def _aggregate(way: str, name: str) -> str:
    return f"{'avg' if way == 'mean' else way}({quoted(name)})"


def _way(way: str) -> None:
    if way not in WAYS:
        raise InputError(f"values must be put together by one of {', '.join(WAYS)}; got {way!r}; correct its name")
