"""How is an array stored of which most numbers are zero, and how much smaller is it then?

Four ways, of which the smallest is taken: the numbers with their row and column (COO), row by row with where each row
begins (CSR), column by column (CSC), or with one bit for every place (bitmap). A format changes what lies on the disk
and nothing else: an array is made whole again when it is read, and no way to compute that naeum uses skips zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

DENSE, COO, CSR, CSC, BITMAP = "dense", "coo", "csr", "csc", "bitmap"
FORMATS = (DENSE, COO, CSR, CSC, BITMAP)
MARK = "@"  # between the name of an array and that of a part of it, as it is stored
BITS = 8  # places in a byte of a bitmap

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Packed:
    """An array in one of FORMATS."""

    format: str
    shape: tuple[int, ...]
    parts: Mapping[str, Array]

    @property
    def bytes(self) -> int:
        """What it takes on a disk."""
        return sum(part.nbytes for part in self.parts.values())


def packed(array: Array, format: str) -> Packed:
    """A matrix in a format; what is no matrix stays as it is.

    Example:
        >>> found = packed(np.array([[0.0, 2.0], [0.0, 0.0]], np.float32), CSR)
        >>> {name: part.tolist() for name, part in found.parts.items()}
        {'values': [2.0], 'columns': [1], 'starts': [0, 1, 1]}
    """
    if format == DENSE or array.ndim != 2:
        return Packed(DENSE, array.shape, {"values": array})
    rows, columns = np.nonzero(array)
    values = array[rows, columns]
    if format == COO:
        places = {"rows": _small(rows, array.shape[0]), "columns": _small(columns, array.shape[1])}
        return Packed(COO, array.shape, {"values": values, **places})
    if format == CSR:
        starts = _small(np.searchsorted(rows, np.arange(array.shape[0] + 1)), len(rows) + 1)
        return Packed(
            CSR, array.shape, {"values": values, "columns": _small(columns, array.shape[1]), "starts": starts}
        )
    if format == CSC:
        order = np.argsort(columns, kind="stable")
        starts = _small(np.searchsorted(columns[order], np.arange(array.shape[1] + 1)), len(rows) + 1)
        return Packed(
            CSC, array.shape, {"values": values[order], "rows": _small(rows[order], array.shape[0]), "starts": starts}
        )
    return Packed(BITMAP, array.shape, {"values": values, "bits": np.packbits(array != 0)})


def unpacked(found: Packed) -> Array:
    """The array again, every number as it was.

    Example:
        >>> array = np.array([[0, 1, 0], [2, 0, 3]], np.float32)
        >>> all(np.array_equal(unpacked(packed(array, one)), array) for one in FORMATS)
        True
    """
    parts, values = found.parts, found.parts["values"]
    if found.format == DENSE:
        return values
    whole = np.zeros(found.shape, values.dtype)
    if found.format == BITMAP:
        whole[np.unpackbits(parts["bits"], count=whole.size).reshape(found.shape).astype(bool)] = values
    elif found.format == COO:
        whole[parts["rows"], parts["columns"]] = values
    elif found.format == CSR:
        whole[_owners(parts["starts"]), parts["columns"]] = values
    else:
        whole[parts["rows"], _owners(parts["starts"])] = values
    return whole


def smallest(array: Array) -> Packed:
    """An array in the format that takes least, dense where none takes less."""
    if array.ndim != 2 or not array.size:
        return packed(array, DENSE)
    sizes = measured(array)
    return packed(array, min(FORMATS, key=lambda one: sizes[one]))  # the first of equals: dense before all


def measured(array: Array) -> dict[str, int]:
    """Bytes of a matrix in each format, reckoned from its zeros alone."""
    kept = int(np.count_nonzero(array))
    rows, columns = (_width(size) for size in array.shape)
    starts = _width(kept + 1)
    values = kept * array.itemsize
    return {
        DENSE: array.nbytes,
        COO: values + kept * (rows + columns),
        CSR: values + kept * columns + (array.shape[0] + 1) * starts,
        CSC: values + kept * rows + (array.shape[1] + 1) * starts,
        BITMAP: values + -(-array.size // BITS),
    }


def stored(arrays: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, Any]]:
    """Arrays, each in its smallest format, and what is needed to read them again: name -> format and shape."""
    parts: dict[str, Array] = {}
    formats: dict[str, Any] = {}
    for name, array in arrays.items():
        found = smallest(array)
        if found.format == DENSE:
            parts[name] = array
            continue
        formats[name] = [found.format, list(found.shape)]
        parts |= {f"{name}{MARK}{part}": value for part, value in found.parts.items()}
    return parts, formats


def restored(parts: Mapping[str, Array], formats: Mapping[str, Any]) -> dict[str, Array]:
    """The arrays that `stored` was given."""
    whole = {name: array for name, array in parts.items() if name.partition(MARK)[0] not in formats}
    for name, (way, shape) in formats.items():
        own = {part.partition(MARK)[2]: value for part, value in parts.items() if part.partition(MARK)[0] == name}
        whole[name] = unpacked(Packed(way, tuple(shape), own))
    return whole


def sizes(arrays: Mapping[str, Array]) -> dict[str, int]:
    """Bytes of all matrices together in each format, and as they are stored, each in its smallest."""
    matrices = [array for array in arrays.values() if array.ndim == 2]
    each = [measured(array) for array in matrices]
    return {**{one: sum(found[one] for found in each) for one in FORMATS}, "stored": sum(min(f.values()) for f in each)}


def told(found: Mapping[str, int]) -> str:
    """The sizes in a sentence that promises nothing else.

    Example:
        >>> told({"dense": 8_000_000, "coo": 6_000_000, "csr": 4_000_000, "csc": 4_500_000, "bitmap": 2_250_000,
        ...       "stored": 2_250_000})[:70]
        'Stored in 2.2 MB instead of 8.0 MB (COO 6.0, CSR 4.0, CSC 4.5, bitmap '
    """
    mega = {name: size / 1e6 for name, size in found.items()}
    return (
        f"Stored in {mega['stored']:.1f} MB instead of {mega[DENSE]:.1f} MB (COO {mega[COO]:.1f}, CSR {mega[CSR]:.1f}, "
        f"CSC {mega[CSC]:.1f}, bitmap {mega[BITMAP]:.1f}); answering is not faster and wants as much memory, as zeros "
        "are multiplied like any number."
    )


def _width(count: int) -> int:
    """Bytes of a number below `count`."""
    return int(np.min_scalar_type(max(0, count - 1)).itemsize)


def _small(numbers: npt.NDArray[np.int64], count: int) -> Array:
    """Numbers below `count` in as few bytes as hold them."""
    return numbers.astype(np.min_scalar_type(max(0, count - 1)))


def _owners(starts: Array) -> Array:
    """The row of each number, from where the rows begin."""
    wide = starts.astype(np.int64)
    return np.repeat(np.arange(len(wide) - 1), np.diff(wide))
