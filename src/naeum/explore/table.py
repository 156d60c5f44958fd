"""What does a table of any size answer, without being loaded whole?

The rows lie typed in a DuckDB of their own: in memory while small, else in a temporary file that goes with the table.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.data.duck import THREADS

if TYPE_CHECKING:
    import pyarrow as pa

ROW = "naeum row"  # in the view `numbered`: the number of each row, from 0, in the order of the file
MEMORY = "3GB"  # DuckDB's own limit; beyond it intermediate results go to the temporary folder


@dataclass(frozen=True, eq=False)
class Table:
    """A typed relation. In SQL it is called `data`; `numbered` is the same with the column `naeum row` before it."""

    connection: Any
    columns: Mapping[str, str]  # name -> DuckDB type, in the order of the file
    rows: int
    name: str = "data"
    written: Mapping[str, str] = field(default_factory=dict)  # name -> type in the source ("text" in a CSV file)
    raw: Mapping[str, str] = field(default_factory=dict)  # name -> column of `stored` with values that did not fit
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # date column -> the formats it is written in
    form_of: Mapping[str, str] = field(default_factory=dict)  # date column of several formats -> column of `stored`
    told: Mapping[str, str] = field(default_factory=dict)  # column -> role, or "target", where the source says it
    notes: tuple[str, ...] = ()
    broken: tuple[tuple[int, str], ...] = ()  # line of the file (from 1) and why it was skipped
    held: pa.Table | None = None  # the columns of a very wide table, `naeum row` among them

    def narrow(self, names: Sequence[str]) -> str:
        """What to select these columns (and `naeum row`) from, until the next call: cheap where there are thousands.

        DuckDB plans over every column of a table that it is asked; a table of ten thousand is asked in parts.

        Example:
            >>> from naeum.explore.loading import opened
            >>> opened([{"n": 1}, {"n": 2}]).narrow(["n"])
            'numbered'
        """
        if self.held is None:
            return "numbered"
        self.connection.register("narrow", self.held.select([ROW, *dict.fromkeys(names)]))
        return "narrow"

    def sql(self, query: str, params: Sequence[Any] = ()) -> pa.Table:
        """The answer to a query over `data` (or `numbered`).

        Example:
            >>> from naeum.explore.loading import opened
            >>> opened([{"n": 1}, {"n": 2}]).sql("SELECT count(*) AS rows FROM data").to_pylist()
            [{'rows': 2}]
        """
        found: pa.Table = self.connection.sql(query, params=list(params)).to_arrow_table()
        return found

    def one(self, query: str, params: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The first row of an answer, as Python values; empty where there is none."""
        found = self.connection.execute(query, list(params)).fetchall()
        return tuple(found[0]) if found else ()

    def take(self, rows: npt.NDArray[np.int64] | Sequence[int], columns: Sequence[str] = ()) -> pa.Table:
        """The rows of these numbers, in the order of the file; all columns where none is named."""
        import pyarrow as pa

        if self.held is not None:
            return self.held.select(list(columns or self.columns)).take(sets.unique(np.asarray(rows, np.int64)))
        names = ", ".join(f"n.{quoted(name)}" for name in columns or self.columns)
        self.connection.register("picked", pa.table({"at": pa.array(sets.unique(np.asarray(rows, np.int64)))}))
        try:
            return self.sql(f'SELECT {names} FROM numbered n JOIN picked ON n."{ROW}" = picked.at ORDER BY picked.at')
        finally:
            self.connection.unregister("picked")

    def sample(self, n: int, seed: int = 0, columns: Sequence[str] = ()) -> pa.Table:
        """At most `n` rows drawn without replacement, in the order of the file; the same for the same seed."""
        return self.take(self.drawn(n, seed), columns)

    def drawn(self, n: int, seed: int = 0) -> npt.NDArray[np.int64]:
        """The numbers of the rows that `sample` takes, rising."""
        if n >= self.rows:
            return np.arange(self.rows)
        return np.sort(np.random.default_rng(seed).choice(self.rows, n, replace=False))

    def close(self) -> None:
        """Let the table and its temporary file go; this also happens when nothing refers to it."""
        self.connection.close()


def quoted(name: str) -> str:
    """A column's name as SQL.

    Example:
        >>> quoted('12" disc')
        '"12"" disc"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string as SQL.

    Example:
        >>> literal("it's")
        "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def connected(large: bool) -> Any:
    """A DuckDB that stays on this machine: in memory, or in a temporary folder that goes with the connection."""
    import duckdb

    folder = Path(tempfile.mkdtemp(prefix="naeum-explore-"))
    config: dict[str, Any] = {
        "threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    }  # fmt: skip
    connection = duckdb.connect(str(folder / "table.duckdb") if large else ":memory:", config=config)
    with contextlib.suppress(duckdb.Error):  # in a notebook without ipywidgets there is no bar to switch off
        connection.execute("SET enable_progress_bar = false")  # it would write to the user's output
    weakref.finalize(connection, shutil.rmtree, folder, ignore_errors=True)
    return connection
