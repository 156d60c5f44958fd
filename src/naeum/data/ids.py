"""Which number names a row, the same one wherever the row stands and in whatever format it came?"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from naeum.contract import Ids
from naeum.data.spool import Chunk, Column

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: the step of SplitMix64
MISSING = np.uint64(0x6E756C6C)  # stands for a missing value, so that it differs from ""


def mix(numbers: Ids) -> Ids:
    """SplitMix64's finaliser: neighbouring numbers become unlike ones (Steele, Lea & Flood 2014).

    Example:
        >>> mix(np.array([1], np.uint64)).tolist()
        [6238072747940578789]
    """
    z = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)), np.uint64)


def hash_strings(column: Column) -> Ids:
    """(rows,) the first 8 bytes of BLAKE2b of each string; MISSING where there is none."""
    if not len(column):
        return np.empty(0, np.uint64)
    return np.concatenate([_hash_chunk(chunk) for chunk in column.chunks if len(chunk)])


def row_hashes(parts: Sequence[Ids]) -> Ids:
    """(rows,) one hash of each row from hashes of its columns."""
    content = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        content = mix(content * GOLDEN ^ part)
    return content


def row_ids(parts: Sequence[Ids]) -> Ids:
    """(rows,) ids from hashes of columns: of the content, and of how often it stood before."""
    content = row_hashes(parts)
    again = occurrence(content)
    return np.where(again > 0, mix(content + again.astype(np.uint64) * GOLDEN), content)


def occurrence(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """(rows,) how often the same key stood before.

    Example:
        >>> occurrence(np.array([7, 5, 7, 7], np.uint64)).tolist()
        [0, 0, 1, 2]
    """
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(keys) else np.empty(0, np.int64)
    lengths = np.diff(np.r_[starts, len(keys)])
    counts = np.empty(len(keys), np.int64)
    counts[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return counts


def _hash_chunk(chunk: Chunk) -> Ids:
    wide = chunk.cast(pa.large_string())
    _, ends, data = wide.buffers()
    offsets = np.frombuffer(ends, np.int64)[wide.offset : wide.offset + len(wide) + 1].tolist()
    view = memoryview(data) if data is not None else memoryview(b"")
    blake = hashlib.blake2b
    digests = b"".join(blake(view[start:end], digest_size=8).digest() for start, end in itertools.pairwise(offsets))
    hashes = np.frombuffer(digests, "<u8").astype(np.uint64)
    if chunk.null_count:
        hashes[chunk.is_null().to_numpy(zero_copy_only=False)] = MISSING
    return hashes
