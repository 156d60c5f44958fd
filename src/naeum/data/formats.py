"""How do files that are not delimited text, and tables in memory, become one Arrow table?"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum import extras
from naeum.data.delimited import Broken, refuse_broken
from naeum.data.sniff import Dialect, has_header
from naeum.data.spool import BATCH_ROWS, Chunk, spool
from naeum.data.streams import open_bytes, open_text
from naeum.errors import InputError

JSON_CHUNK = 1 << 20  # characters read at a time from a JSON array


def read_jsonl(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """One JSON object a line; lines that are none are skipped and listed."""
    broken: list[Broken] = []

    def rows(text: io.TextIOWrapper) -> Iterator[Mapping[str, Any]]:
        for number, line in enumerate(text, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                broken.append((number, "not JSON"))
                continue
            if isinstance(row, dict):
                yield row
            else:
                broken.append((number, "not a JSON object"))

    with open_text(path, dialect.compression, dialect.encoding, "\n") as text:
        table = table_of_rows(rows(text))
    refuse_broken(path, table.num_rows, broken)
    return table, broken


def read_json(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """A JSON array of objects, read piece by piece.

    Raises:
        InputError: it is another kind of JSON, or broken.
    """
    with open_text(path, dialect.compression, dialect.encoding, "\n") as text:
        return table_of_rows(_elements(path, text)), []


def read_parquet(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """A Parquet file, one row group after the other."""
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(str(path) if not dialect.compression else _unpacked(path, dialect)) as file:
            return spool(file.schema_arrow, file.iter_batches(BATCH_ROWS)), []
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, "Parquet", error) from error


def read_arrow(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """An Arrow IPC file (Feather) or stream; a plain file is memory-mapped."""
    try:
        source = _unpacked(path, dialect) if dialect.compression else pa.memory_map(str(path), "r")
        try:
            file = pa.ipc.open_file(source)
        except pa.ArrowInvalid:
            source.seek(0)
            stream = pa.ipc.open_stream(source)
            return spool(stream.schema, stream), []
        return spool(file.schema, (file.get_batch(at) for at in range(file.num_record_batches))), []
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, "Arrow", error) from error


def read_xlsx(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """The first sheet of a workbook."""
    openpyxl = extras.need("openpyxl", f"reading {path.name}")
    with open_bytes(path, dialect.compression) as stream:
        content = io.BytesIO(stream.read())
    try:
        book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise _damaged(path, "xlsx", error) from error
    rows = ([_cell(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True))
    filled = (row for row in rows if any(value not in (None, "") for value in row))
    head = list(itertools.islice(filled, 200))
    if not head:
        raise InputError(
            f"a data file must hold rows; the first sheet of {path} is empty; move the table to that sheet"
        )
    width = max(len(row) for row in head)
    named = has_header([[value or "" for value in row] for row in head])
    names = [(value or f"column{at}") if named else f"column{at}" for at, value in enumerate(head[0])]
    names += [f"column{at}" for at in range(len(names), width)]
    body = itertools.chain(head[1:] if named else head, filled)
    return table_of_rows(dict(zip(names, row, strict=False)) for row in body), []


def table_of_rows(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Mappings from column to value as a table of strings; the columns are those of the first BATCH_ROWS rows."""
    stream = iter(rows)
    head = list(itertools.islice(stream, BATCH_ROWS))
    names = list(dict.fromkeys(str(name) for row in head for name in row))
    schema = pa.schema([(name, pa.string()) for name in names])

    def batches() -> Iterator[pa.RecordBatch]:
        chunk = head
        while chunk:
            yield pa.record_batch([_strings([row.get(name) for row in chunk]) for name in names], schema=schema)
            chunk = list(itertools.islice(stream, BATCH_ROWS))

    return spool(schema, batches())


def table_in_memory(source: Any) -> pa.Table:
    """A DataFrame, an Arrow table, a Hugging Face Dataset or a list of dicts as a table.

    Raises:
        InputError: it is none of these.
    """
    if isinstance(source, pa.Table):
        return source
    if isinstance(source, pa.RecordBatch):
        return pa.Table.from_batches([source])
    if hasattr(source, "with_format") and hasattr(source, "features"):  # a Hugging Face Dataset
        return _hugging_face(source)
    if hasattr(source, "iloc") and hasattr(source, "columns"):  # a DataFrame, without importing pandas
        return _data_frame(source)
    if isinstance(source, Mapping) and source and all(hasattr(part, "with_format") for part in source.values()):
        raise InputError(
            f"one data set must be given; got a DatasetDict of {', '.join(map(str, source))}; pass one of them"
        )
    if isinstance(source, (list, tuple)) and source and all(isinstance(row, Mapping) for row in source):
        return table_of_rows(source)
    raise InputError(
        f"data must be a path, a DataFrame, an Arrow table, a Hugging Face Dataset or a list of dicts; got "
        f"{type(source).__name__}; turn it into one of these"
    )


def refuse_doubled(names: Sequence[str]) -> None:
    """Raise InputError where two columns have one name."""
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise InputError(
            f"columns must have different names; got {doubled!r} {names.count(doubled)} times; rename or drop one of "
            f"them"
        )


def _data_frame(frame: Any) -> pa.Table:
    frame = frame.set_axis([str(name) for name in frame.columns], axis=1)
    refuse_doubled([*frame.columns])
    try:
        return pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):  # a column of mixed types
        return table_of_rows(
            {name: None if value != value else value for name, value in row.items()}
            for row in frame.astype(object).to_dict("records")
        )


def _hugging_face(source: Any) -> pa.Table:
    table: pa.Table = source.with_format("arrow")[:]
    for name, feature in dict(source.features).items():
        if hasattr(feature, "int2str") and pa.types.is_integer(table.schema.field(name).type):
            codes = table.column(name).to_pylist()
            words = [None if code is None or code < 0 else feature.int2str(int(code)) for code in codes]
            table = table.set_column(table.schema.get_field_index(name), name, pa.array(words, pa.string()))
    return table.replace_schema_metadata(None)


def _elements(path: Path, text: io.TextIOWrapper) -> Iterator[Mapping[str, Any]]:
    decoder = json.JSONDecoder()
    held = text.read(JSON_CHUNK).lstrip("\ufeff \t\r\n")
    if not held.startswith("["):
        raise InputError(
            f"a JSON file must be a list of objects, one for each row; {path} starts with {held[:1]!r}; write "
            f"[{{…}}, {{…}}]"
        )
    at = 1
    while True:
        while at < len(held) and held[at] in ", \t\r\n":
            at += 1
        if held[at : at + 1] == "]":
            return
        try:
            element, end = decoder.raw_decode(held, at)
        except ValueError as error:
            more = text.read(max(JSON_CHUNK, len(held)))  # doubling keeps a huge element from being parsed often
            if not more:
                raise InputError(
                    f"a JSON file must be one complete list of objects; {path} breaks off or is damaged "
                    f"({error.args[0].split(':')[0]}); write it again, or as one object a line (.jsonl)"
                ) from error
            held, at = held[at:] + more, 0
            continue
        if not isinstance(element, dict):
            raise InputError(
                f"a JSON file must be a list of objects, one for each row; {path} lists a {type(element).__name__}; "
                f'write [{{"text": …, "label": …}}, …]'
            )
        yield element
        at = end


def _strings(values: list[Any]) -> Chunk:
    words = [value if value is None or isinstance(value, str) else _cell(value) for value in values]
    try:
        return pa.array(words, pa.string())
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can write and UTF-8 cannot
        whole = [None if word is None else word.encode("utf-8", "replace").decode() for word in words]
        return pa.array(whole, pa.string())


def _cell(value: Any) -> str | None:
    """The text of one value: numbers as JSON writes them, dates in ISO form."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return None if value != value else str(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _unpacked(path: Path, dialect: Dialect) -> Any:
    with open_bytes(path, dialect.compression) as stream:
        return pa.BufferReader(stream.read())


def _damaged(path: Path, kind: str, error: Exception) -> InputError:
    return InputError(
        f"{'an' if kind[0] in 'Ax' else 'a'} {kind} file must be whole; {path} is damaged "
        f"({str(error).splitlines()[0][:120]}); write it again"
    )
