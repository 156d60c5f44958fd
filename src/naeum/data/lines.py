"""On which line of its file does a row stand? For messages: it is looked for only when something is wrong there."""

from __future__ import annotations

from pathlib import Path

from naeum.data.records import records
from naeum.data.sniff import sniff
from naeum.data.streams import open_text
from naeum.errors import InputError


def place(where: str, row: int) -> str:
    """Where a row stands, in words: its line where the source is a text file, else its number from 1.

    Args:
        where: the source, a path or words for data in memory.
        row: number of the row from 0.

    Example:
        >>> place("the data", 4)
        'row 5 of the data'
    """
    line = _line(Path(where), row)
    return f"row {row + 1} of {where}" if line is None else f"line {line} of {where}"


def _line(path: Path, row: int) -> int | None:
    try:
        if not path.is_file():
            return None
        dialect = sniff(path)
        if dialect.format not in ("delimited", "jsonl"):
            return None
        with open_text(path, dialect.compression, dialect.encoding, "") as text:
            if dialect.format == "jsonl":
                lines = (number for number, line in enumerate(text, start=1) if line.strip())
                return next((number for at, number in enumerate(lines) if at == row), None)
            found = (
                line for line, cells in records(text, dialect.delimiter, dialect.quoting) if isinstance(cells, list)
            )
            return next((line for at, line in enumerate(found) if at == row + dialect.header), None)
    except (OSError, InputError):
        return None
