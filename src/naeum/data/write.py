"""How is a table written as a file that other tools read, whole or not at all?"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from naeum.errors import InputError
from naeum.store.files import replacing


def write_table(table: pa.Table, path: str | Path) -> Path:
    """Write a table as .csv, .tsv, .jsonl (each also .gz), .parquet or .arrow, by the ending of the name.

    Raises:
        InputError: the ending is not known, or the folder is not there.

    Example:
        >>> import tempfile
        >>> path = write_table(pa.table({"도시": ["서울", None]}), Path(tempfile.mkdtemp()) / "a.csv")
        >>> path.read_text(encoding="utf-8")
        '"도시"\\n"서울"\\n\\n'
    """
    path = Path(path)
    endings = [ending.lower() for ending in path.suffixes]
    packed = bool(endings) and endings[-1] == ".gz"
    kind = next((ending for ending in reversed(endings) if ending != ".gz"), "")
    if kind not in WRITERS or (packed and kind in BINARY):
        raise InputError(f"a file to write must end in {', '.join(WRITERS)}; got {path.name!r}; rename it")
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"a file must be written to a folder that exists; got {path}; make it or name another")
    with replacing(path) as part:
        WRITERS[kind](table, part)
        if packed:
            part.write_bytes(gzip.compress(part.read_bytes(), mtime=0))
    return path


def _csv(table: pa.Table, path: Path) -> None:
    _delimited(table, path, ",")


def _tsv(table: pa.Table, path: Path) -> None:
    _delimited(table, path, "\t")


def _delimited(table: pa.Table, path: Path, delimiter: str) -> None:
    from pyarrow import csv

    csv.write_csv(table, path, csv.WriteOptions(delimiter=delimiter))


def _jsonl(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for batch in table.to_batches():
            file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in batch.to_pylist())


def _parquet(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _arrow(table: pa.Table, path: Path) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    ".csv": _csv, ".tsv": _tsv, ".jsonl": _jsonl, ".parquet": _parquet, ".arrow": _arrow,
}  # fmt: skip
BINARY = (".parquet", ".arrow")
