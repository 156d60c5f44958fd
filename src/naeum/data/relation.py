"""How is any data looked at in SQL, with a kind for each column, without being loaded whole?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum.data.delimited import Broken
from naeum.data.duck import connected
from naeum.data.formats import refuse_doubled, table_in_memory
from naeum.data.kinds import ABSENT, CODE, TEXT, Kind, candidates, cast, literal, native, present, quoted
from naeum.data.read import Options, paths_of, read_table
from naeum.data.spool import MEMORY_BYTES, spool
from naeum.data.streams import compression_of
from naeum.errors import InputError

MOST_MEASURES = 1_000  # of one query: its plan grows with them
WIDE = 40  # columns from which cells are cast once and kept: over a view every question would cast, and plan, all again
BLOCK = 25  # columns that are cast by one query, at least: its plan grows with their square
MOST_BLOCKS = 200  # each may hold two files open
HELD_BYTES = 2 << 30  # of all blocks; what is beyond is memory-mapped
ROW = "naeum row"  # the column that counts rows from 1


@dataclass(frozen=True, eq=False)
class Relation:
    """Data as three views of one connection: `raw` as given, `data` with the kinds, `told` with the cells as text.

    Each view has the column ROW, the number of the row from 1.
    """

    connection: Any
    name: str
    kinds: Mapping[str, Kind]
    rows: int
    broken: tuple[Broken, ...] = ()  # lines of a file that could not be read, and why

    def sql(self, query: str) -> pa.Table:
        """The answer to a query.

        Raises:
            InputError: the query cannot be answered.
        """
        import duckdb

        try:
            answer: pa.Table = self.connection.sql(query).to_arrow_table()
            return answer
        except duckdb.OutOfMemoryException as error:
            raise InputError(
                "the machine must have memory or disk for the question; it ran out; free some, or pass fewer columns"
            ) from error
        except duckdb.Error as error:
            reason = " ".join(str(error).split())[:200]
            raise InputError(
                f"columns must be of kinds that can be compared; in {self.name} they are not ({reason}); "
                "correct the types"
            ) from error

    def one(self, measures: Mapping[str, str], most: int = MOST_MEASURES) -> dict[str, Any]:
        """Aggregates over the view `cells` by name, at most so many in one pass."""
        found: dict[str, Any] = {}
        wanted = list(measures.items())
        for start in range(0, len(wanted), most):
            some = wanted[start : start + most]
            listed = ", ".join(f"{measure} AS {quoted(f'm{at}')}" for at, (_, measure) in enumerate(some))
            answer = self.sql(f"SELECT {listed} FROM cells").to_pylist()[0]
            found |= {name: answer[f"m{at}"] for at, (name, _) in enumerate(some)}
        return found


@contextmanager
def related(source: Any, kinds: Mapping[str, Kind] | None = None, **options: Any) -> Iterator[Relation]:
    """A file, files, a DataFrame, an Arrow table or a list of dicts as a relation, closed when the block ends.

    Args:
        source: the data.
        kinds: of the columns, where they are known; the others are inferred from all their values.
        options: how a text file is written, where sniffing errs (see data.read).

    Raises:
        InputError: the source cannot be read or has no rows.

    Example:
        >>> with related([{"도시": "서울", "n": "3"}, {"도시": "부산", "n": "12"}]) as data:
        ...     {name: kind.name for name, kind in data.kinds.items()}, data.rows
        ({'도시': 'text', 'n': 'whole'}, 2)
    """
    with connected() as connection:
        name, broken = _registered(connection, source, options)
        types = {row[0]: row[1] for row in connection.execute("DESCRIBE given").fetchall()}
        if ROW in types:
            raise InputError(f"a column must not be called {ROW!r}; it counts the rows; rename it")
        numbered = f"SELECT row_number() OVER () AS {quoted(ROW)}, * FROM given"
        connection.execute(f"CREATE VIEW raw AS {numbered}")
        rows = connection.execute("SELECT count(*) FROM given").fetchall()[0][0]
        if not rows:
            raise InputError(f"data must hold rows; {name} has none; add rows")
        if len(types) > WIDE:
            found = _copies(connection, types, kinds or {}, rows)
        else:
            found = _kinds(connection, types, kinds or {})
            _views(connection, types, found)
        yield Relation(connection, name, found, rows, broken)


def table_of(source: Any, **options: Any) -> tuple[pa.Table, str]:
    """The whole data as an Arrow table with types, and its name; large data are memory-mapped."""
    with related(source, **options) as data:
        names = ", ".join(quoted(name) for name in data.kinds)
        reader = data.connection.sql(f"SELECT {names} FROM data").to_arrow_reader()
        return spool(reader.schema, reader), data.name


def _registered(connection: Any, source: Any, options: Mapping[str, Any]) -> tuple[str, tuple[Broken, ...]]:
    """Make the view `given`; gives the name of the source and its broken lines."""
    paths = paths_of(source)
    if paths is None:
        table = table_in_memory(source)
        refuse_doubled(table.column_names)
        connection.register("given", table)
        return "the data", ()
    name = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
    if all(_is_parquet(path) for path in paths):
        listed = ", ".join("'" + re.sub(r"([\[*?])", r"[\1]", str(path)).replace("'", "''") + "'" for path in paths)
        return name, _parquet(connection, paths, listed)
    tables, broken = [], []
    for path in paths:
        table, skipped, _ = read_table(path, Options(**options))  # type: ignore[typeddict-item]
        tables.append(table)
        broken += [(line, reason if len(paths) == 1 else f"{path.name}: {reason}") for line, reason in skipped]
    together = tables[0] if len(tables) == 1 else pa.concat_tables(tables, promote_options="permissive")
    connection.register("given", together)
    return name, tuple(broken)


def _parquet(connection: Any, paths: list[Path], listed: str) -> tuple[Broken, ...]:
    import duckdb

    try:
        connection.execute(f"CREATE VIEW given AS SELECT * FROM read_parquet([{listed}])")
    except duckdb.Error as error:
        reason = str(error).splitlines()[0][:120]
        raise InputError(f"a Parquet file must be whole; {paths[0]} is not ({reason}); write it again") from error
    return ()


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1" and not compression_of(path)


def _kinds(
    connection: Any, types: Mapping[str, str], known: Mapping[str, Kind], source: str = "given"
) -> dict[str, Kind]:
    found = {name: known.get(name) or native(duck) for name, duck in types.items()}
    open_names = [name for name, kind in found.items() if kind is None]
    if not open_names:
        return {name: kind or TEXT for name, kind in found.items()}
    sample = _sample(connection, open_names, source)
    possible = {name: candidates(sample[name]) for name in open_names}
    counts = {
        (name, kind): _misses(name, kind) for name in open_names for kind in possible[name] if kind.name != "text"
    }
    misses: dict[tuple[str, Kind], int] = {}
    for start in range(0, len(counts), MOST_MEASURES):
        some = list(counts)[start : start + MOST_MEASURES]
        listed = ", ".join(counts[one] for one in some)
        misses |= zip(some, connection.execute(f"SELECT {listed} FROM {source}").fetchall()[0], strict=True)
    return {
        name: kind or next(one for one in possible[name] if one.name == "text" or not misses[name, one])
        for name, kind in found.items()
    }


def _sample(connection: Any, names: Sequence[str], source: str) -> dict[str, list[str]]:
    """A value of each column, where there is one; a kind that fits it is tried on all."""
    absent = ", ".join(literal(word) for word in ("", *ABSENT))
    found: dict[str, list[str]] = {}
    for start in range(0, len(names), MOST_MEASURES):
        some = names[start : start + MOST_MEASURES]
        there = ", ".join(
            f"any_value({quoted(name)}) FILTER (WHERE lower(trim({quoted(name)})) NOT IN ({absent}))" for name in some
        )
        values = connection.execute(f"SELECT {there} FROM {source}").fetchall()[0]
        found |= {name: [] if value is None else [value] for name, value in zip(some, values, strict=True)}
    return found


def _misses(name: str, kind: Kind) -> str:
    """SQL that counts the cells that are there and are not of the kind; codes such as 007 are no numbers."""
    text = present(quoted(name), kind)
    wrong = f"({text}) IS NOT NULL AND ({cast(text, kind)}) IS NULL"
    if kind.name == "number":
        wrong = f"({wrong}) OR regexp_full_match({text}, '{CODE}')"
    return f"count(*) FILTER (WHERE {wrong})"


def _views(connection: Any, types: Mapping[str, str], kinds: Mapping[str, Kind]) -> None:
    """The views `told`, `data` and `cells`: both side by side, the text of column c as "c\\nold"."""
    told, typed = [], []
    for name, kind in kinds.items():
        column, text = quoted(name), _text(name, types[name], kind)
        told.append(f"{text} AS {column}")
        typed.append((f"{_value(name, types[name], kind, text)} AS {column}", f"{text} AS {quoted(told_of(name))}"))
    row = quoted(ROW)
    connection.execute(f"CREATE VIEW told AS SELECT {row}, {', '.join(told)} FROM raw")
    connection.execute(f"CREATE VIEW data AS SELECT {row}, {', '.join(value for value, _ in typed)} FROM raw")
    both = ", ".join(f"{value}, {text}" for value, text in typed)
    connection.execute(f"CREATE VIEW cells AS SELECT {row}, {both} FROM raw")


def _copies(connection: Any, types: Mapping[str, str], known: Mapping[str, Kind], rows: int) -> dict[str, Kind]:
    """The same three of a wide table, cast a block of columns at a time and kept; the kinds of its columns."""
    found: dict[str, Kind] = {}
    told: dict[str, Any] = {ROW: pa.array(range(1, rows + 1), pa.int64())}
    typed = dict(told)
    both = dict(told)
    names = list(types)
    whole = _kept(connection, "given", {name: quoted(name) for name in names}, MEMORY_BYTES)
    width = max(BLOCK, -(-len(names) // MOST_BLOCKS))
    limit = min(MEMORY_BYTES, HELD_BYTES * width // (2 * len(names)))
    for start in range(0, len(names), width):
        part = {name: types[name] for name in names[start : start + width]}
        given = whole.select(list(part))  # planning over thousands of columns takes longer than what is asked
        connection.register("block", given)
        found |= _kinds(connection, part, known, "block")
        texts = _kept(connection, "block", {name: _text(name, kind, found[name]) for name, kind in part.items()}, limit)
        mixed: dict[str, Any] = {
            name: (texts if kind == "VARCHAR" else given).column(name) for name, kind in part.items()
        }
        connection.register("block", pa.table(mixed))  # strings are cast from what is told: trimmed, missing or there
        wanted = {name: _value(name, kind, found[name], quoted(name)) for name, kind in part.items()}
        values = _kept(connection, "block", wanted, limit)
        for name in part:
            told[name], typed[name] = texts.column(name), values.column(name)
            both |= {name: values.column(name), told_of(name): texts.column(name)}
    connection.unregister("block")
    for view, columns in (("told", told), ("data", typed), ("cells", both)):
        connection.register(f"kept {view}", pa.table(columns))
        connection.execute(f"CREATE VIEW {view} AS SELECT * FROM {quoted(f'kept {view}')}")
    return found


def _kept(connection: Any, source: str, chosen: Mapping[str, str], limit: int) -> pa.Table:
    """Columns by their SQL as an Arrow table; one of more than `limit` bytes is memory-mapped."""
    listed = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in chosen.items())
    reader = connection.sql(f"SELECT {listed} FROM {source}").to_arrow_reader()
    return spool(reader.schema, reader, limit)


def _text(name: str, duck: str, kind: Kind) -> str:
    """SQL of a cell as text; null where it is missing."""
    column = quoted(name)
    if duck in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isnan({column}) THEN NULL ELSE {column}::VARCHAR END"
    return present(column, kind) if duck == "VARCHAR" else f"{column}::VARCHAR"


def _value(name: str, duck: str, kind: Kind, text: str) -> str:
    """SQL of a cell as what it is, from its `text` where it is a string."""
    plain = native(duck) in (kind, TEXT) and duck != "VARCHAR"
    if duck != "VARCHAR" and not plain:
        text = _text(name, duck, kind)
    value = quoted(name) if plain and kind.name != "text" else cast(text, kind)
    if kind.name == "number":
        return f"CASE WHEN isnan(({value})::DOUBLE) THEN NULL ELSE ({value})::DOUBLE END"
    return value


def told_of(name: str) -> str:
    """The column of the view `cells` that holds the cells of a column as text."""
    return f"{name}\nold"
