"""How do computed vectors, or decoded images, survive, so that no row is computed twice?

A folder with two append-only files. `rows.f16` (`rows.u8`) holds the vectors, `index` one record a row: the hash of its
content and a checksum. The index is extended only after the vectors have reached the disk, so a kill or a full disk
leaves at worst a tail that no record points to, and that the next writer cuts off. Readers need no lock: what has a
record never changes.
"""

from __future__ import annotations

import errno
import json
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.errors import RunInUse, StoreError
from naeum.store.files import write_atomic
from naeum.store.locks import lock

Hashes = npt.NDArray[np.bytes_]  # (rows,) of 16 bytes
Halves = npt.NDArray[np.float16]
RECORD = np.dtype([("hash", "S16"), ("check", "<u4")])
SECONDS_BETWEEN_TRIES = 0.1  # while another process computes into the same folder
ROWS_AT_ONCE = 65_536  # read in pieces, so that the float16 copies stay small


@dataclass(frozen=True)
class Shape:
    """What is stored of each row: layer by pooling by width."""

    layers: tuple[int, ...]  # numbers of the layers, 0 = embeddings
    poolings: tuple[str, ...]
    width: int
    dtype: str = "float16"  # or "uint8": the pixels of images

    @property
    def row(self) -> tuple[int, int, int]:
        return len(self.layers), len(self.poolings), self.width

    @property
    def bytes(self) -> int:
        """Of one row on disk."""
        return int(np.prod(self.row)) * np.dtype(self.dtype).itemsize


@dataclass(frozen=True)
class Vectors:
    """The vectors of texts in one folder; see the head of this file."""

    folder: Path
    shape: Shape

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for this process; waits for another one that holds it."""
        while True:
            held = lock(self.folder)
            try:
                held.__enter__()
                break
            except RunInUse:
                time.sleep(SECONDS_BETWEEN_TRIES)
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    def find(self, hashes: Hashes) -> Ints:
        """(rows,) the place of each hash, -1 where it is not stored."""
        known = self._hashes()
        if not len(known):
            return np.full(len(hashes), -1, np.int64)
        order = np.argsort(known, kind="stable")
        at = np.minimum(np.searchsorted(known, hashes, sorter=order), len(known) - 1)
        places = order[at]
        return np.asarray(np.where(known[places] == hashes, places, -1), np.int64)

    def append(self, hashes: Hashes, rows: npt.NDArray[Any]) -> None:
        """Add rows (n, layers, poolings, width) under hashes that are not stored yet; call it inside `writing`.

        Raises:
            StoreError: the disk is full.
        """
        start = len(self._hashes())
        records = np.zeros(len(hashes), RECORD)
        records["hash"] = hashes
        records["check"] = _checks(hashes, start)
        try:
            _extend(self._rows, start * self.shape.bytes, np.ascontiguousarray(rows).data)
            _extend(self._index, start * RECORD.itemsize, records.data)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise StoreError(
                f"the disk must have room for features; {self.folder} is full; free some space, "
                "what was computed is kept"
            ) from error

    def read(self, places: Ints, layers: Sequence[int], pooling: str) -> Floats:
        """(rows, layers * width) float32: the layers side by side."""
        rows = self.mapped()
        column = self.shape.poolings.index(pooling)
        numbers = [self.shape.layers.index(layer) for layer in layers]
        out = np.empty((len(places), len(layers), self.shape.width), np.float32)
        for start in range(0, len(places), ROWS_AT_ONCE):
            piece = places[start : start + ROWS_AT_ONCE]
            for slot, number in enumerate(numbers):
                out[start : start + len(piece), slot] = rows[piece, number, column]
        return out.reshape(len(places), -1)

    def mapped(self) -> npt.NDArray[Any]:
        """(stored, layers, poolings, width) all rows that are there, memory-mapped, read-only."""
        stored = len(self._hashes())
        return np.memmap(self._rows, np.dtype(self.shape.dtype), "r", shape=(stored, *self.shape.row))

    def write_plan(self, hashes: Hashes) -> None:
        """Note which rows a pass will compute, in which order, so that a killed one goes on in the same batches."""
        write_atomic(self._plan, hashes.tobytes())

    def plan(self) -> Hashes | None:
        """The rows of a pass that was not finished."""
        if not self._plan.is_file():
            return None
        return np.frombuffer(self._plan.read_bytes(), "S16")

    def end_plan(self) -> None:
        """The pass is finished."""
        self._plan.unlink(missing_ok=True)

    def describe(self, facts: dict[str, object]) -> None:
        """Write beside the vectors what they are, for people who look into the folder."""
        file = self.folder / "about.json"
        if not file.is_file():
            write_atomic(file, json.dumps(facts, ensure_ascii=False, indent=1))

    @property
    def _rows(self) -> Path:
        return self.folder / ("rows.f16" if self.shape.dtype == "float16" else "rows.u8")

    @property
    def _index(self) -> Path:
        return self.folder / "index"

    @property
    def _plan(self) -> Path:
        return self.folder / "plan"

    def _hashes(self) -> Hashes:
        """Hashes of the rows that are wholly there."""
        if not self._index.is_file():
            return np.empty(0, "S16")
        content = self._index.read_bytes()
        records = np.frombuffer(content[: len(content) // RECORD.itemsize * RECORD.itemsize], RECORD)
        size = self._rows.stat().st_size if self._rows.is_file() else 0
        records = records[: size // self.shape.bytes]
        wrong = np.flatnonzero(_checks(records["hash"], 0) != records["check"])
        return np.asarray(records["hash"][: wrong[0] if len(wrong) else None])


def _checks(hashes: Hashes, start: int) -> npt.NDArray[np.uint32]:
    """A checksum of each record and its place: blocks of zeros, which a crash of the machine leaves, do not pass."""
    content = np.ascontiguousarray(hashes).tobytes()
    sums = [zlib.crc32(content[16 * at : 16 * at + 16], start + at + 1) for at in range(len(hashes))]
    return np.asarray(sums, np.uint32)


def _extend(file: Path, size: int, content: memoryview) -> None:
    """Cut a file to `size` bytes, which removes a torn tail, add `content`, and wait until it is on the disk."""
    with file.open("r+b" if file.is_file() else "x+b") as stream:
        stream.truncate(size)
        stream.seek(size)
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
