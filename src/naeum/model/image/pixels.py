"""How do the bytes of many images become pixels, each once?

All are brought to one size, as a network and a histogram ask for. Decoded pixels are stored by the content of the file
and memory-mapped: a second learner, a second epoch and a second run read them, and memory holds only what is looked at.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints, Task
from naeum.data.images.decoding import Pixels, pixels, quietly
from naeum.engine.vectors import Hashes, Shape, Vectors
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

THREADS = min(8, os.cpu_count() or 1)
AT_ONCE = 512  # images decoded between two writes: at 224 pixels 77 MB
# So few are always decoded anew and never stored, so that speed is measured as it is served, not as it is read.
DIRECT_ROWS = 512
VERSION = 1  # of how images are decoded: another one is another cache
NOWHERE = -1  # the place of an image that cannot be decoded

Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Pictures:
    """The pixels of rows; black where a file cannot be decoded."""

    stored: npt.NDArray[np.uint8]  # (stored, size, size, 3), perhaps memory-mapped
    places: Ints  # (rows,) where among them each row stands, NOWHERE if it cannot be decoded
    size: int

    def __len__(self) -> int:
        return len(self.places)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """(rows,) whether each could be decoded."""
        return np.asarray(self.places != NOWHERE)

    def take(self, rows: Ints) -> Pixels:
        """(len(rows), size, size, 3) pixels of rows."""
        places = self.places[rows]
        found = np.zeros((len(rows), self.size, self.size, 3), np.uint8)
        there = places != NOWHERE
        found[there] = self.stored[places[there]]
        return found


def image_column(task: Task) -> str:
    """The one column of a task that holds images.

    Raises:
        InputError: there is none, or more than one.

    Example:
        >>> image_column(Task(("사진",), kinds=("image",)))
        '사진'
    """
    found = [name for name, kind in task.columns.items() if kind == "image"]
    if len(found) != 1:
        raise InputError(
            f"a learner of images must read one column of images; the inputs are {', '.join(task.inputs)}, "
            f"{len(found)} of them images; name one with --text"
        )
    return found[0]


def pictures(rows: pa.Table, task: Task, size: int, cache: Path | None = None, told: Told | None = None) -> Pictures:
    """The pixels of each row, decoded or read back.

    Args:
        rows: with the column of images, the bytes of a file each.
        task: which column that is.
        size: pixels of a side.
        cache: folder shared over fits; None, or few rows of which nobody is `told`: nothing is stored.
        told: is told how many of how many are done, as in a fit.
    """
    column = rows.column(image_column(task))
    if cache is None or (told is None and len(column) <= DIRECT_ROWS):
        return _in_memory(column, size)
    store = Vectors(cache / "images" / f"{size}-{VERSION}", Shape((0,), ("pixels",), size * size * 3, "uint8"))
    hashes = hashes_of(column)
    places = store.find(hashes)
    if (places == NOWHERE).any():
        with store.writing():
            places = store.find(hashes)  # another process may have decoded them meanwhile
            _fill(store, column, hashes, np.flatnonzero(places == NOWHERE), size, told)
        places = store.find(hashes)
    if not (places != NOWHERE).any():
        return Pictures(np.empty((0, size, size, 3), np.uint8), places, size)
    return Pictures(store.mapped().reshape(-1, size, size, 3), places, size)


def _in_memory(column: Any, size: int) -> Pictures:
    stored = np.zeros((len(column), size, size, 3), np.uint8)
    places = np.full(len(column), NOWHERE, np.int64)
    for start, found in _decoded(column, np.arange(len(column)), size):
        for at, one in enumerate(found, start):
            if one is not None:
                stored[at], places[at] = one, at
    return Pictures(stored, places, size)


def _fill(store: Vectors, column: Any, hashes: Hashes, missing: Ints, size: int, told: Told | None) -> None:
    """Decode the rows `missing` and store those that can be decoded, equal files once."""
    _, first = np.unique(hashes[missing], return_index=True)
    missing = missing[np.sort(first)]
    for start, found in _decoded(column, missing, size):
        kept = [(at, one) for at, one in enumerate(found, start) if one is not None]
        if kept:
            places = missing[[at for at, _ in kept]]
            block = np.stack([one for _, one in kept]).reshape(len(kept), *store.shape.row)
            store.append(hashes[places], block)
        if told is not None:
            told(start + len(found), len(missing))


def _decoded(column: Any, rows: Ints, size: int) -> Iterator[tuple[int, list[Pixels | None]]]:
    """Blocks of decoded images: the place of the first in `rows`, and each; none where it cannot be decoded."""
    with quietly(), ThreadPoolExecutor(THREADS) as pool:  # Pillow decodes outside the interpreter's lock
        for start in range(0, len(rows), AT_ONCE):
            block = column.take(rows[start : start + AT_ONCE]).to_pylist()
            yield start, [found for found, _ in pool.map(lambda data: pixels(data, size), block)]


def hashes_of(column: Any) -> Hashes:
    """(rows,) of the content of each file."""
    found = [
        hashlib.blake2b(data or b"", digest_size=16).digest()
        for chunk in column.chunks
        for start in range(0, len(chunk), AT_ONCE)
        for data in chunk.slice(start, AT_ONCE).to_pylist()
    ]
    return np.array(found, "S16") if found else np.empty(0, "S16")
