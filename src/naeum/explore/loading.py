"""How does whatever the user has become a typed table that can be asked?

A file is read once, into DuckDB. The types of string columns are read off a sample; values that do not fit are kept
aside, and a column that turns out to be something else is read again as words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum.data import formats
from naeum.data.delimited import column_names
from naeum.data.images.albums import Album, album
from naeum.data.parts import Data
from naeum.data.read import Options, in_words, paths_of, read_table
from naeum.data.sniff import Dialect, sniff
from naeum.errors import InputError
from naeum.explore import kinds
from naeum.explore.images.opening import keep
from naeum.explore.images.opening import opened as pictured
from naeum.explore.kinds import WORDS, Kind
from naeum.explore.table import ROW, Table, connected, literal, quoted

SAMPLE_CELLS = 400_000  # values from which the types are read: about half a second
SAMPLE_ROWS = 20_000
LEAST_SAMPLE = 50  # rows, however many columns there are
LARGE_BYTES = 64 << 20  # a file from here on lies in a temporary DuckDB file, not in memory
WIDE = 500  # columns from which a table is made block by block
BLOCK = 200  # columns of a block
SMALL_CELLS = 10_000_000  # cells up to which a wide table is read whole for every question: some hundredths of a second
COPIED_CELLS = 50_000_000  # cells up to which a wide table is copied so that asking it is quick: 400 MB of numbers
UNFIT = 0.2  # share of values that do not fit a type from which the column is words after all


@dataclass(frozen=True)
class _Source:
    """One file or table as SQL: its columns under the names of the file."""

    query: str
    names: tuple[str, ...]
    typed: bool  # whether the source itself says what is a number
    words: str = ""
    broken: tuple[tuple[int, str], ...] = ()


def opened(source: Any, **options: Any) -> Table:
    """A table of a file, several files, a pattern, a DataFrame, an Arrow table, a list of dicts, or of read data.

    A folder or a zip of images, or a table with a column of their paths, becomes a table with a row an image.

    Args:
        source: what to open.
        options: delimiter, quoting, header, encoding, name, as `naeum.read` takes them; watch, told of progress.

    Raises:
        InputError: the source is not there, cannot be read, or holds no rows.

    Example:
        >>> table = opened([{"age": "31", "city": "서울"}, {"age": "28", "city": "부산"}])
        >>> dict(table.columns), table.rows
        ({'age': 'DOUBLE', 'city': 'VARCHAR'}, 2)
    """
    found = album(source)
    if found is not None:
        return _pictured(found, options)
    paths = None if isinstance(source, Data) else paths_of(source)
    size = sum(path.stat().st_size for path in paths or ())
    connection = connected(large=size >= LARGE_BYTES)
    try:
        sources = _sources(connection, source, paths, options)
        made = _stored(connection, sources)
    except Exception as error:
        import duckdb

        if not (isinstance(error, duckdb.Error) and paths):
            raise
        patient = [_patient(connection, path, at, options) for at, path in enumerate(paths)]
        made = _stored(connection, patient)  # what DuckDB refuses, the patient reader reads or names
        sources = patient
    if not made.rows:
        where = str(paths[0]) if paths else "the data"
        raise InputError(f"data must hold rows; {where} has none; check what was passed")
    name = options.get("name") or (paths[0].name.split(".")[0] if paths else getattr(source, "name", None))
    words = [f"{Path(path).name}: {one.words}" for path, one in zip(paths or (), sources, strict=False) if one.words]
    broken = tuple(each for one in sources for each in one.broken)
    return replace(made, name=str(name or "data"), notes=(*words[:3], *made.notes), broken=broken)


def _pictured(found: Album, options: Mapping[str, Any]) -> Table:
    """The table of images, with what was seen of each beside."""
    seen = pictured(found, options.get("watch"))
    made = opened(seen.table, name=options.get("name") or found.name)
    keep(made.connection, seen.pictures, seen.left_out)
    return replace(made, told=seen.told, notes=(*seen.notes, *made.notes))


def _sources(connection: Any, source: Any, paths: Sequence[Path] | None, options: Mapping[str, Any]) -> list[_Source]:
    if paths is not None:
        return [_file(connection, path, at, options) for at, path in enumerate(paths)]
    table = _whole(source) if isinstance(source, Data) else formats.table_in_memory(source)
    formats.refuse_doubled(table.column_names)
    if not table.num_columns or not table.num_rows:
        raise InputError("data must hold rows; the data has none; check what was passed")
    typed = not isinstance(source, (Data, list, tuple))
    return [_registered(connection, table, 0, typed)]


def _whole(data: Data) -> pa.Table:
    """Read data as one table again: inputs, target, and the columns that are not used."""
    table = data.dataset.rows
    task = data.dataset.task
    if task.classes and task.output != "span":
        words = [None if code < 0 else task.classes[code] for code in data.dataset.target.tolist()]
        table = table.append_column(task.target, pa.array(words, pa.string()))
    for name in data.others.column_names:
        table = table.append_column(name, data.others.column(name))
    order = [name for name in data.columns if name in table.column_names]
    return table.select(order + [name for name in table.column_names if name not in order])


def _file(connection: Any, path: Path, at: int, options: Mapping[str, Any]) -> _Source:
    try:
        dialect = sniff(path)
    except PermissionError:
        return _patient(connection, path, at, options)  # it says what is wrong
    given = {
        key: options[key] for key in ("delimiter", "quoting", "header", "encoding") if options.get(key) is not None
    }
    dialect = replace(dialect, **given)
    if dialect.format == "parquet" and not dialect.compression:
        query = f"SELECT * FROM read_parquet({literal(_one_file(path))})"
        return _Source(query, tuple(_names(connection, query)), True, in_words(dialect))
    simple = dialect.encoding in ("utf-8", "utf-8-sig") and dialect.compression != "xz" and dialect.newline == "\n"
    if dialect.format != "delimited" or not simple:
        return _patient(connection, path, at, options)
    names = column_names(path, dialect)
    return _Source(_csv(path, dialect, len(names)), tuple(names), False, in_words(dialect))


def _patient(connection: Any, path: Path, at: int, options: Mapping[str, Any]) -> _Source:
    known = {key: value for key, value in options.items() if key in Options.__annotations__}
    table, broken, dialect = read_table(path, Options(**known))  # type: ignore[typeddict-item]
    made = _registered(connection, table, at, dialect.format in ("parquet", "arrow"))
    return replace(made, words=in_words(dialect), broken=tuple(broken))


def _registered(connection: Any, table: pa.Table, at: int, typed: bool) -> _Source:
    plain = table.rename_columns([f"c{place}" for place in range(table.num_columns)])
    connection.register(f"file{at}", plain)
    return _Source(f"SELECT * FROM file{at}", tuple(table.column_names), typed)


def _csv(path: Path, dialect: Dialect, width: int) -> str:
    """SQL that reads a well-formed delimited file, every column as strings."""
    quote = "'\"'" if dialect.quoting else "''"
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    return (
        f"SELECT * FROM read_csv({literal(_one_file(path))}, delim = {literal(dialect.delimiter)}, quote = {quote}, "
        f"escape = {quote}, header = {dialect.header}, compression = '{dialect.compression or 'none'}', "
        f"auto_detect = false, strict_mode = true, columns = {{{columns}}})"
    )


def _one_file(path: Path) -> str:
    return re.sub(r"([\[*?])", r"[\1]", str(path))  # DuckDB takes these as patterns


def _names(connection: Any, query: str) -> list[str]:
    return [row[0] for row in connection.execute(f"DESCRIBE {query}").fetchall()]


def _stored(connection: Any, sources: Sequence[_Source]) -> Table:
    """Read the sources into the table `stored`, typed, with its views."""
    names = sources[0].names
    for one in sources[1:]:
        if set(one.names) != set(names):
            differ = ", ".join(sorted(set(one.names) ^ set(names))[:5])
            raise InputError(
                f"files read together must have the same columns; two differ in {differ}; read them apart or rename "
                "the columns"
            )
    called = unlike(names)
    queries = [_renamed(connection, one, names, called) for one in sources]
    source = queries[0] if len(queries) == 1 else " UNION ALL ".join(f"({query})" for query in queries)
    types = {row[0]: str(row[1]) for row in connection.execute(f"DESCRIBE {source}").fetchall()}
    typed = all(one.typed for one in sources)
    found = _kinds(connection, source, types)
    table = _filled(connection, source, types, found)
    late = [name for name, share in _unfit_shares(table).items() if share > UNFIT]
    if late:  # the sample misled: read these as words
        _dropped(connection)
        table = _filled(connection, source, types, {**found, **dict.fromkeys(late, WORDS)})
    written = {name: types[name] if typed else "text" for name in called}
    notes = tuple(f"the column {old} is called {new} here: names must differ in more than their case"
                  for old, new in zip(names, called, strict=True) if old != new)  # fmt: skip
    return replace(table, written=written, notes=notes)


def unlike(names: Sequence[str]) -> list[str]:
    """Names that also differ where case does not count, as in SQL.

    Example:
        >>> unlike(["age", "Age", "sex"])
        ['age', 'Age_2', 'sex']
    """
    taken = {"rowid", ROW}  # the numbers of the rows
    given = {name.lower() for name in names}
    made = []
    for name in names:
        new, number = name, 2
        while new.lower() in taken or (new != name and new.lower() in given):
            new, number = f"{name}_{number}", number + 1
        taken.add(new.lower())
        made.append(new)
    return made


def _renamed(connection: Any, one: _Source, names: Sequence[str], called: Sequence[str]) -> str:
    own = _names(connection, one.query)
    at = {name: own[place] for place, name in enumerate(one.names)}
    chosen = ", ".join(f"{quoted(at[name])} AS {quoted(new)}" for name, new in zip(names, called, strict=True))
    return f"SELECT {chosen} FROM ({one.query})"


def _kinds(connection: Any, source: str, types: Mapping[str, str]) -> dict[str, Kind]:
    """What the string columns hold, by the first rows; a wrong guess shows when all are read."""
    strings = [name for name, kind in types.items() if kind == "VARCHAR"]
    if not strings:
        return {}
    rows = max(LEAST_SAMPLE, min(SAMPLE_ROWS, SAMPLE_CELLS // len(strings)))
    chosen = ", ".join(map(quoted, strings))
    head = connection.sql(f"SELECT {chosen} FROM ({source}) LIMIT {rows}").to_arrow_table()
    return {name: kinds.kind_of(head.column(name).to_pylist()) for name in strings}


def _filled(connection: Any, source: str, types: Mapping[str, str], found: Mapping[str, Kind]) -> Table:
    """Make the table `stored`, with what does not fit beside, and what is asked: `data` and `numbered`."""
    chosen: dict[str, str] = {}  # name in `stored` -> SQL
    of: dict[str, str] = {}  # name in `stored` -> column of the source
    raw: dict[str, str] = {}
    form_of: dict[str, str] = {}
    for at, (name, kind) in enumerate(types.items()):
        how = found.get(name)
        chosen[name] = kinds.cast(name, how) if how else _plain(name, kind)
        of[name] = name
        if how is None or how.type == "VARCHAR":
            continue
        raw[name] = f"naeum raw {at}"
        chosen[raw[name]] = kinds.unfit(name, how)
        of[raw[name]] = name
        if len(how.forms) > 1:
            form_of[name] = f"naeum form {at}"
            chosen[form_of[name]] = kinds.which_form(name, how)
            of[form_of[name]] = name
    wide = len(types) > WIDE
    if wide:
        stored = _store_in_blocks(connection, source, chosen, of, frozenset(raw.values()))
        there = frozenset(stored.column_names)
        raw = {name: column for name, column in raw.items() if column in there}
    else:
        told = ", ".join(f"{expression} AS {quoted(name)}" for name, expression in chosen.items())
        connection.execute(f"CREATE TABLE stored AS SELECT {told} FROM ({source})")
    rows = int(connection.execute("SELECT count(*) FROM stored").fetchall()[0][0])
    names = ", ".join(map(quoted, types))
    kind_of = "TABLE" if wide and rows * len(types) <= COPIED_CELLS else "VIEW"  # a wide view is slow to plan
    connection.execute(f"CREATE {kind_of} data AS SELECT {names} FROM stored")
    connection.execute(f'CREATE {kind_of} numbered AS SELECT rowid AS "{ROW}", {names} FROM stored')
    columns = {row[0]: str(row[1]) for row in connection.execute("DESCRIBE data").fetchall()}
    forms = {name: how.forms for name, how in found.items() if how.forms}
    held = _held(stored.select(list(types))) if wide else None
    return Table(connection, columns, rows, raw=raw, forms=forms, form_of=form_of, held=held)


def _held(table: pa.Table) -> pa.Table | None:
    """A wide table with the numbers of its rows, where it may lie in memory."""
    if table.num_rows * table.num_columns > COPIED_CELLS:
        return None
    return table.append_column(ROW, pa.array(range(table.num_rows), pa.int64()))


def _store_in_blocks(
    connection: Any, source: str, chosen: Mapping[str, str], of: Mapping[str, str], aside: frozenset[str]
) -> pa.Table:
    """Make `stored` a block of columns at a time: DuckDB does not survive ten thousand expressions at once.

    Columns of `aside` that hold nothing are left out. Returns what `stored` holds.
    """
    whole = connection.sql(source).to_arrow_table()
    if whole.num_rows * len(chosen) <= SMALL_CELLS:  # finding what is needed takes longer
        connection.execute("SET disabled_optimizers = 'unused_columns,column_lifetime'")
    names, columns = list(chosen), {}
    for start in range(0, len(names), BLOCK):
        part = names[start : start + BLOCK]
        needed = dict.fromkeys(of[name] for name in part)
        connection.register("block", whole.select(list(needed)))
        told = ", ".join(f"{chosen[name]} AS {quoted(name)}" for name in part)
        made = connection.sql(f"SELECT {told} FROM block").to_arrow_table()
        for name in part:
            if name not in aside or made.column(name).null_count < made.num_rows:
                columns[name] = made.column(name)
    connection.unregister("block")
    blocks = pa.table(columns)
    connection.register("blocks", blocks)
    connection.execute("CREATE TABLE stored AS SELECT * FROM blocks")
    connection.unregister("blocks")
    return blocks


def _dropped(connection: Any) -> None:
    """Take `stored` and what is made of it away again."""
    kinds_of = dict(connection.execute("SELECT table_name, table_type FROM information_schema.tables").fetchall())
    for name in ("data", "numbered", "stored"):
        connection.execute(f"DROP {'VIEW' if kinds_of[name] == 'VIEW' else 'TABLE'} {name}")


def _plain(name: str, kind: str) -> str:
    """A column that the source itself typed: NaN is missing, numbers of odd widths are floats."""
    column = quoted(name)
    if kind in ("FLOAT", "DOUBLE"):
        return f"CAST(CASE WHEN isnan({column}) THEN NULL ELSE {column} END AS DOUBLE)"
    if kind.startswith("DECIMAL") or kind in ("HUGEINT", "UHUGEINT", "UBIGINT"):
        return f"CAST({column} AS DOUBLE)"
    if kind.startswith("ENUM") or kind in ("UUID", "TIME", "INTERVAL", "BIT", "NULL", '"NULL"'):
        return f"CAST({column} AS VARCHAR)"
    if kind.startswith("TIMESTAMP") and kind != "TIMESTAMP":
        return f"CAST({column} AS TIMESTAMP)"
    return column


def _unfit_shares(table: Table) -> dict[str, float]:
    """Share of the values there that did not fit their column's type."""
    names = list(table.raw)
    shares: dict[str, float] = {}
    for start in range(0, len(names), 200):
        part = names[start : start + 200]
        counts = ", ".join(f'count({quoted(name)}), count("{table.raw[name]}")' for name in part)
        found = table.connection.execute(f"SELECT {counts} FROM stored").fetchall()[0]
        for at, name in enumerate(part):
            fits, not_fits = found[2 * at], found[2 * at + 1]
            shares[name] = not_fits / max(fits + not_fits, 1)
    return shares
