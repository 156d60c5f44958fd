"""How are the rows of a delimited text file read: fast where it is clean, patiently where it is not?

DuckDB reads what is well-formed. At the first thing it refuses the file is read again line by line: there a broken row
costs that row only, and is listed with its line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from naeum.data.duck import connected
from naeum.data.records import records
from naeum.data.sniff import Dialect
from naeum.data.spool import BATCH_ROWS, spool
from naeum.data.streams import open_text
from naeum.errors import InputError

BROKEN_SHARE = 0.01  # more than 1 % broken rows: the file was read under a wrong idea of it
BROKEN_FEW = 10  # … but ten are forgiven in a small file, as long as that is not a fifth of it
BROKEN_SMALL = 0.2
NO_FIELD = "naeum: no field is this"  # DuckDB would take an empty field for a missing one

Broken = tuple[int, str]  # line of the file from 1, reason


def read_delimited(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """Every column as strings, and the rows that were skipped.

    Raises:
        InputError: more rows are broken than `BROKEN_SHARE` allows.
    """
    names = column_names(path, dialect)
    if dialect.encoding in ("utf-8", "utf-8-sig") and dialect.compression != "xz" and dialect.newline == "\n":
        table = _read_fast(path, dialect, names)
        if table is not None:
            return table, []
    table, broken = _read_patiently(path, dialect, names)
    if len(broken) > allowed(table.num_rows + len(broken)) and dialect.quoting:
        literal = replace(dialect, quoting=False)
        again, fewer = _read_patiently(path, literal, column_names(path, literal))
        if len(fewer) <= allowed(again.num_rows + len(fewer)):
            return again, fewer
    refuse_broken(path, table.num_rows, broken)
    return table, broken


def allowed(rows: int) -> float:
    """How many of so many rows may be broken."""
    return max(BROKEN_SHARE * rows, min(BROKEN_FEW, BROKEN_SMALL * rows))


def refuse_broken(path: Path, rows: int, broken: list[Broken]) -> None:
    """Raise InputError where too many rows are broken."""
    if len(broken) <= allowed(rows + len(broken)):
        return
    listed = ", ".join(f"{line} ({reason})" for line, reason in broken[:3])
    raise InputError(
        f"at most {BROKEN_SHARE:.0%} of the rows may be broken; {path} has {len(broken)} of {rows + len(broken)}, at "
        f"line "
        f"{listed}; mend these lines, or pass delimiter, quoting or encoding"
    )


def column_names(path: Path, dialect: Dialect) -> list[str]:
    """The names in the header, made unique; column0, column1, … where there is none."""
    with open_text(path, dialect.compression, dialect.encoding, _newline(dialect)) as text:
        first = next((row for _, row in records(text, dialect.delimiter, dialect.quoting) if isinstance(row, list)), [])
    if not dialect.header:
        return [f"column{at}" for at in range(len(first))]
    names: list[str] = []
    for at, raw in enumerate(first):
        name = raw.replace("\x00", "").strip() or f"column{at}"
        names.append(name if name not in names else f"{name}_{at}")
    return names


def _read_patiently(path: Path, dialect: Dialect, names: list[str]) -> tuple[pa.Table, list[Broken]]:
    schema = pa.schema([(name, pa.string()) for name in names])
    broken: list[Broken] = []

    def rows(text: Iterator[str]) -> Iterator[list[str]]:
        found = records(text, dialect.delimiter, dialect.quoting)
        if dialect.header:
            next((row for _, row in found if isinstance(row, list)), None)
        for line, row in found:
            if isinstance(row, str):
                broken.append((line, row))
            elif len(row) != len(names):
                broken.append((line, f"{len(row)} fields instead of {len(names)}"))
            else:
                yield row

    def batches(text: Iterator[str]) -> Iterator[pa.RecordBatch]:
        stream = rows(text)
        while chunk := list(itertools.islice(stream, BATCH_ROWS)):
            yield pa.record_batch([pa.array(column, pa.string()) for column in zip(*chunk, strict=True)], schema=schema)

    with open_text(path, dialect.compression, dialect.encoding, _newline(dialect)) as text:
        return spool(schema, batches(text)), broken


def _read_fast(path: Path, dialect: Dialect, names: list[str]) -> pa.Table | None:
    """DuckDB's reading, or None where it refuses a row."""
    import duckdb

    quote = '"' if dialect.quoting else ""
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(names)))
    query = (
        f"SELECT * FROM read_csv(?, delim = ?, quote = '{quote}', escape = '{quote}', header = {dialect.header}, "
        f"compression = '{dialect.compression or 'none'}', auto_detect = false, strict_mode = true, "
        f"nullstr = '{NO_FIELD}', columns = {{{columns}}})"
    )
    schema = pa.schema([(name, pa.string()) for name in names])
    one_file = re.sub(r"([\[*?])", r"[\1]", str(path))  # DuckDB takes these as patterns
    with connected() as connection:
        try:
            reader = connection.sql(query, params=[one_file, dialect.delimiter]).to_arrow_reader(BATCH_ROWS)
            return spool(schema, (pa.record_batch(batch.columns, schema=schema) for batch in reader))
        except (duckdb.Error, pa.ArrowException, OSError):
            return None  # the patient reader says what is wrong, or finds that nothing is


def _newline(dialect: Dialect) -> str:
    """Inside quotes any newline is text; in a literal file only the file's own newline ends a line."""
    return "" if dialect.quoting else dialect.newline
