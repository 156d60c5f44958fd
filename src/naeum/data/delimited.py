"""How are the rows of a delimited text file read: fast where it is clean, patiently where it is not?

DuckDB reads what is well-formed. At the first thing it refuses the file is read again line by line: there a broken row
costs that row only, and is listed with its line.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from naeum.data.sniff import Dialect
from naeum.data.spool import BATCH_ROWS, spool
from naeum.data.streams import open_text
from naeum.errors import InputError

BROKEN_SHARE = 0.01  # more than 1 % broken rows: the file was read under a wrong idea of it
BROKEN_FEW = 10  # … but ten are forgiven in a small file, as long as that is not a fifth of it
BROKEN_SMALL = 0.2
RECORD_LINES = 10_000  # a quoted field over more lines than this is a quote that was never closed
NO_FIELD = "naeum: no field is this"  # DuckDB would take an empty field for a missing one
FIELD_CHARACTERS = 1 << 30  # Python's own limit is 131,072; a cell of a million characters is fine

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
    with open_text(path, dialect.compression, dialect.encoding, _newline(dialect)) as text, _wide_fields():
        first = next((row for _, row in records(text, dialect) if isinstance(row, list)), [])
    if not dialect.header:
        return [f"column{at}" for at in range(len(first))]
    names: list[str] = []
    for at, raw in enumerate(first):
        name = raw.replace("\x00", "").strip() or f"column{at}"
        names.append(name if name not in names else f"{name}_{at}")
    return names


def records(lines: Iterator[str], dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Line number with either the fields or the reason why the line is broken; blank lines are left out."""
    if not dialect.quoting:
        for number, line in enumerate(lines, start=1):
            if bare := line.rstrip("\r\n"):
                yield number, bare.split(dialect.delimiter)
        return
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=dialect.delimiter, strict=True)
    while True:
        start = source.number + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            source.go_back_to(start + 1)
            reader = csv.reader(source, delimiter=dialect.delimiter, strict=True)
            yield start, _reason(str(error))
            continue
        source.forget()
        if row:
            yield start, row


class _Lines:
    """Lines that can be gone back to, as far as the start of the record being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.number = lines, 0
        self.taken: deque[str] = deque()
        self.waiting: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= RECORD_LINES:
            raise csv.Error("unexpected end of data")
        line = self.waiting.popleft() if self.waiting else next(self.lines)
        self.number += 1
        self.taken.append(line)
        return line

    def forget(self) -> None:
        self.taken.clear()

    def go_back_to(self, number: int) -> None:
        """The next line is line `number` again."""
        while self.number >= number:
            self.waiting.appendleft(self.taken.pop())
            self.number -= 1
        self.taken.clear()


def _reason(error: str) -> str:
    if "unexpected end" in error:
        return "a quote is opened and never closed"
    if "expected after" in error:
        return "text after a closing quote"
    return error


def _read_patiently(path: Path, dialect: Dialect, names: list[str]) -> tuple[pa.Table, list[Broken]]:
    schema = pa.schema([(name, pa.string()) for name in names])
    broken: list[Broken] = []

    def rows(text: Iterator[str]) -> Iterator[list[str]]:
        found = records(text, dialect)
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

    with open_text(path, dialect.compression, dialect.encoding, _newline(dialect)) as text, _wide_fields():
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
    with duckdb.connect(config={"threads": 2}) as connection:
        try:
            reader = connection.sql(query, params=[one_file, dialect.delimiter]).to_arrow_reader(BATCH_ROWS)
            return spool(schema, (pa.record_batch(batch.columns, schema=schema) for batch in reader))
        except (duckdb.Error, pa.ArrowException, OSError):
            return None  # the patient reader says what is wrong, or finds that nothing is


def _newline(dialect: Dialect) -> str:
    """Inside quotes any newline is text; in a literal file only the file's own newline ends a line."""
    return "" if dialect.quoting else dialect.newline


@contextmanager
def _wide_fields() -> Iterator[None]:
    before = csv.field_size_limit(FIELD_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)
