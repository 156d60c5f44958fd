"""Where do the words of rows stand, and which tags have they?"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Dataset, Ints

UNTAGGED = -1


def word_offsets(column: Any) -> Ints:
    """(rows + 1,) where the words of each row begin, over all words; a missing row has none.

    Args:
        column: a chunked array of lists.

    Example:
        >>> import pyarrow as pa
        >>> word_offsets(pa.chunked_array([[["나는", "간다"], [], ["가"]]])).tolist()
        [0, 2, 2, 3]
    """
    return np.concatenate([[0], np.cumsum(sizes(column))]).astype(np.int64)


def sizes(column: Any) -> Ints:
    """(rows,) length of each list; 0 where it is missing."""
    import pyarrow.compute as pc

    arrow: Any = pc  # the stubs want arrays where numbers will do
    found = [arrow.fill_null(arrow.list_value_length(chunk), 0) for chunk in column.chunks]
    return np.concatenate([np.empty(0, np.int64), *(np.asarray(one, np.int64) for one in found)])


def flat(column: Any) -> Ints:
    """(units,) the values of all lists of whole numbers, one list after the other."""
    found = [np.asarray(chunk.flatten().to_numpy(zero_copy_only=False), np.int64) for chunk in column.chunks]
    return np.concatenate([np.empty(0, np.int64), *found])


def tag_codes(data: Dataset) -> tuple[Ints, Ints]:
    """(words,) the tag of each word, -1 in rows without tags, and (rows + 1,) where each row's words begin."""
    offsets = word_offsets(data.rows[data.task.inputs[0]])
    codes = np.full(int(offsets[-1]), UNTAGGED, np.int64)
    if data.truth is not None:
        tagged = np.repeat(sizes(data.truth) > 0, np.diff(offsets))
        codes[tagged] = flat(data.truth)
    return codes, offsets
