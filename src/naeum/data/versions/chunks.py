"""Into which pieces is a table cut, so that an edit in its middle changes one piece and not all that follow?

A piece ends after a row whose hash says so (content-defined chunking: Muthitacharoen, Chen & Mazières 2001, "A
low-bandwidth network file system"). Where the pieces begin and end depends on the rows near by alone: before and after
an edit they are the same again, have the same key, and are stored once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from naeum.data.ids import GOLDEN, hash_strings, mix
from naeum.data.rows import string_column
from naeum.errors import StoreError
from naeum.store.files import replacing

LEAST, USUAL, MOST = 1_024, 4_096, 16_384  # rows of a piece: small enough to store again, large enough to pack well

Hashes = npt.NDArray[np.uint64]


def cell_hashes(table: pa.Table) -> Hashes:
    """(rows, columns) 64-bit hashes of the cells as text; a missing cell differs from an empty one."""
    columns = [hash_strings(string_column(table, name)) for name in table.column_names]
    return np.stack(columns, axis=1) if columns else np.empty((table.num_rows, 0), np.uint64)


def row_hashes(cells: Hashes) -> Hashes:
    """(rows,) one hash a row; equal for equal cells in the same order of columns.

    Example:
        >>> cells = cell_hashes(pa.table({"a": ["가", "나", "가"]}))
        >>> one, other, third = row_hashes(cells)
        >>> bool(one == third), bool(one == other)
        (True, False)
    """
    rows = np.zeros(len(cells), np.uint64)
    for column in cells.T:
        rows = mix(rows * GOLDEN ^ column)
    return rows


def cuts(rows: Hashes, least: int = LEAST, usual: int = USUAL, most: int = MOST) -> list[tuple[int, int]]:
    """(start, end) of the pieces of rows with these hashes.

    Example:
        >>> cuts(np.arange(1, 9, dtype=np.uint64), least=1, usual=3, most=4)
        [(0, 3), (3, 6), (6, 8)]
    """
    ends = np.flatnonzero(rows % np.uint64(usual) == 0) + 1
    pieces, start = [], 0
    while start < len(rows):
        at = int(np.searchsorted(ends, start + least))
        end = min(int(ends[at]) if at < len(ends) else len(rows), start + most, len(rows))
        pieces.append((start, end))
        start = end
    return pieces


def piece_key(schema: pa.Schema, cells: Hashes) -> str:
    """The name of a piece: of its columns with their types, and its cells."""
    hasher = hashlib.blake2b(digest_size=16)
    hasher.update(json.dumps([[field.name, str(field.type)] for field in schema], ensure_ascii=False).encode())
    hasher.update(np.ascontiguousarray(cells).data)
    return hasher.hexdigest()


def store(folder: Path, key: str, piece: pa.Table) -> int:
    """Write a piece as one Parquet row group unless it is there; gives the bytes written."""
    import pyarrow.parquet as pq

    path = place(folder, key)
    if path.exists():
        return 0
    with replacing(path) as part:
        pq.write_table(piece, part, compression="zstd", row_group_size=MOST)
    return path.stat().st_size


def fetched(folder: Path, key: str) -> Iterator[pa.RecordBatch]:
    """The rows of a piece.

    Raises:
        StoreError: it is missing, or not what its name says.
    """
    import pyarrow.parquet as pq

    path = place(folder, key)
    try:
        table = pq.ParquetFile(path).read()
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"a version must have all its pieces; {path.name} is missing or damaged; restore the folder {folder}"
        ) from error
    if piece_key(table.schema, cell_hashes(table)) != key:
        raise StoreError(f"a piece must hold the rows it names; {path} was changed; restore it from a copy")
    yield from table.to_batches()


def place(folder: Path, key: str) -> Path:
    """Where a piece lies."""
    return folder / "pieces" / key[:2] / f"{key}.parquet"
