"""How does a stream of record batches become a table that need not fit into memory?"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from naeum.errors import InputError

# The stubs of pyarrow know too little of these two to be of help.
Column = Any  # pa.ChunkedArray
Chunk = Any  # pa.Array

MEMORY_BYTES = 128 << 20  # a table up to here stays in memory; a larger one is mapped from a file
BATCH_ROWS = 1 << 16  # rows of one batch: with texts of 100 bytes about 6 MiB


def spool(schema: pa.Schema, batches: Iterable[pa.RecordBatch], limit: int = MEMORY_BYTES) -> pa.Table:
    """The table of `batches`: in memory up to `limit` bytes, beyond that memory-mapped from an unnamed temporary file.

    Raises:
        InputError: the temporary folder has no room.

    Example:
        >>> batch = pa.record_batch({"text": ["하나", "둘"]})
        >>> spool(batch.schema, [batch]).num_rows
        2
    """
    held: list[pa.RecordBatch] = []
    size = 0
    stream = iter(batches)
    for batch in stream:
        held.append(batch)
        size += batch.nbytes
        if size > limit:
            return _mapped(schema, held, stream)
    return pa.Table.from_batches(held, schema=schema)


def batches_of(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """The table in batches of at most BATCH_ROWS rows."""
    yield from table.to_batches(max_chunksize=BATCH_ROWS)


def take(table: pa.Table, where: npt.NDArray[np.int64]) -> pa.Table:
    """The rows at the rising positions `where`, batch by batch, so that no more than one part is ever copied."""

    def picked() -> Iterator[pa.RecordBatch]:
        start = 0
        for batch in batches_of(table):
            low, high = np.searchsorted(where, (start, start + batch.num_rows))
            if high > low:
                yield batch.take(np.asarray(where[low:high] - start))
            start += batch.num_rows

    return spool(table.schema, picked())


def refuse_full_disk(error: OSError, folder: str | Path) -> None:
    """Turn "no space left" into a sentence; any other error is the caller's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        raise InputError(
            f"the disk must have room for a copy of the data; {folder} is full; free some space or point TMPDIR "
            f"elsewhere"
        ) from error


def _mapped(schema: pa.Schema, held: list[pa.RecordBatch], rest: Iterable[pa.RecordBatch]) -> pa.Table:
    handle, name = tempfile.mkstemp(suffix=".arrow", prefix="naeum-")
    os.close(handle)
    try:
        with pa.OSFile(name, "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            _write(writer, held, rest)
        return pa.ipc.open_file(pa.memory_map(name, "r")).read_all()
    except OSError as error:
        refuse_full_disk(error, tempfile.gettempdir())
        raise
    finally:
        Path(name).unlink()  # the mapping keeps the bytes until the table is let go


def _write(writer: Any, held: list[pa.RecordBatch], rest: Iterable[pa.RecordBatch]) -> None:
    while held:
        writer.write_batch(held.pop(0))
    for batch in rest:
        writer.write_batch(batch)
