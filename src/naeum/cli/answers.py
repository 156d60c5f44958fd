"""How are rows with their answers written: csv, tsv, jsonl, parquet or xlsx, chunk by chunk, whole or not at all?"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

Added = Mapping[str, Any]  # name of an added column -> its Arrow type
Write = Callable[["pa.Table", dict[str, list[Any]]], None]


class Form(NamedTuple):
    """How a text file is written."""

    packed: bool
    encoding: str


DIGITS = 6  # after the point in text files; of numbers below 1 so many that say something


@contextmanager
def writing(path: Path, schema: pa.Schema, added: Added, encoding: str | None = None) -> Iterator[Write]:
    """A function that appends a chunk and its added columns to the file at `path`, which appears when all is written.

    Args:
        path: its ending says the format.
        schema: of the chunks.
        added: name of each added column -> its Arrow type. Text files and sheets have lists as words with blanks
            between them, sets of labels with semicolons.
        encoding: of a text file, as Python names it; utf-8-sig is what Excel reads rightly. None: utf-8.

    Raises:
        InputError: the ending of the name is not known, its folder does not exist, or the encoding is not known, not
            for such a file, or lacks a character of the rows.
    """
    from naeum.store.files import replacing

    kind, form = check(path, encoding)
    try:
        with replacing(path) as part, WRITERS[kind](part, schema, added, form) as write:
            yield write
    except UnicodeEncodeError as error:
        lacking = error.object[error.start]
        raise InputError(
            f"--encoding must have every character of the rows; {encoding} lacks {lacking!r}; "
            "write --encoding utf-8-sig"
        ) from None


def check(path: Path, encoding: str | None = None) -> tuple[str, Form]:
    """The format that the name of a file asks for, and how its text is written.

    Raises:
        InputError: the ending of the name is not known, its folder does not exist, or the encoding is not for it.
    """
    endings = [ending.lower() for ending in path.suffixes]
    kind = next((ending for ending in reversed(endings) if ending != ".gz"), "")
    packed = bool(endings) and endings[-1] == ".gz"
    if kind not in WRITERS or (packed and kind not in TEXT):
        raise InputError(f"--out must end in {', '.join(WRITERS)} or text and .gz; got {path.name!r}; rename it")
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"--out must be a file in a folder that exists; got {path}; make the folder or name another")
    return kind, Form(packed, _encoding(encoding, kind))


def _encoding(name: str | None, kind: str) -> str:
    if name is None:
        return "utf-8"
    if kind not in TEXT:
        raise InputError(f"--encoding is for text files: {', '.join(TEXT)}; got a {kind} file; leave it out")
    try:
        "".encode(name)
    except LookupError:
        raise InputError(
            f"--encoding must be one that Python knows; got {name!r}; utf-8-sig is for Excel, cp949 for old programs"
        ) from None
    return name


@contextmanager
def _delimited(path: Path, schema: pa.Schema, added: Added, form: Form, delimiter: str) -> Iterator[Write]:
    with _text(path, form) as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow([*schema.names, *added])

        def write(chunk: pa.Table, extra: dict[str, list[Any]]) -> None:
            columns = [*(column.to_pylist() for column in chunk.columns), *(extra[name] for name in added)]
            writer.writerows([_cell(value) for value in row] for row in zip(*columns, strict=True))

        yield write


@contextmanager
def _csv(path: Path, schema: pa.Schema, added: Added, form: Form) -> Iterator[Write]:
    with _delimited(path, schema, added, form, ",") as write:
        yield write


@contextmanager
def _tsv(path: Path, schema: pa.Schema, added: Added, form: Form) -> Iterator[Write]:
    with _delimited(path, schema, added, form, "\t") as write:
        yield write


@contextmanager
def _jsonl(path: Path, schema: pa.Schema, added: Added, form: Form) -> Iterator[Write]:
    with _text(path, form) as file:

        def write(chunk: pa.Table, extra: dict[str, list[Any]]) -> None:
            for at, row in enumerate(chunk.to_pylist()):
                more = {name: extra[name][at] for name in added}
                if "confidence" in more:
                    more["confidence"] = round(more["confidence"], DIGITS)
                file.write(json.dumps({**row, **more}, ensure_ascii=False, default=str) + "\n")

        yield write


@contextmanager
def _parquet(path: Path, schema: pa.Schema, added: Added, form: Form) -> Iterator[Write]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for name, kind in added.items():
        schema = schema.append(pa.field(name, kind))
    with pq.ParquetWriter(str(path), schema) as file:

        def write(chunk: pa.Table, extra: dict[str, list[Any]]) -> None:
            columns = [*chunk.columns, *(pa.array(extra[name], kind) for name, kind in added.items())]
            file.write_table(pa.Table.from_arrays(columns, schema=schema))

        yield write


@contextmanager
def _xlsx(path: Path, schema: pa.Schema, added: Added, form: Form) -> Iterator[Write]:
    from naeum import extras

    openpyxl = extras.need("openpyxl", "writing .xlsx")
    illegal = extras.need("openpyxl.cell.cell", "writing .xlsx").ILLEGAL_CHARACTERS_RE
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append([*schema.names, *added])

    def write(chunk: pa.Table, extra: dict[str, list[Any]]) -> None:
        columns = [*(column.to_pylist() for column in chunk.columns), *(extra[name] for name in added)]
        for row in zip(*columns, strict=True):
            cells = [_joined(value) for value in row]
            sheet.append([illegal.sub("", value) if isinstance(value, str) else value for value in cells])

    try:
        yield write
    except BaseException:
        sheet.close()  # else openpyxl complains of a half-written sheet when it is collected
        raise
    book.save(path)


WRITERS: dict[str, Callable[[Path, pa.Schema, Added, Form], AbstractContextManager[Write]]] = {
    ".csv": _csv, ".tsv": _tsv, ".jsonl": _jsonl, ".parquet": _parquet, ".xlsx": _xlsx,
}  # fmt: skip
TEXT = (".csv", ".tsv", ".jsonl")


def _text(path: Path, form: Form) -> IO[str]:
    if form.packed:
        return cast(IO[str], gzip.open(path, "wt", encoding=form.encoding, newline=""))
    return path.open("w", encoding=form.encoding, newline="")


def _cell(value: Any) -> Any:
    """A value as text files have it: nothing for a missing one, true and false, numbers of six digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if abs(value) < 1 else round(value, DIGITS)
    return _joined(value)


def _joined(value: Any) -> Any:
    """Several values as one cell: words and tags with blanks between them, a set of labels with semicolons."""
    if isinstance(value, tuple):
        return ";".join(value)
    return " ".join(str(one) for one in value) if isinstance(value, list) else value
