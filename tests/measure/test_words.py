"""Where do words stand, and which tags have they?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa

from naeum.contract import Task
from naeum.measure.words import flat, sizes, tag_codes, word_offsets
from naeum.testing.data import make

LISTS = pa.chunked_array([pa.array([[1, 2], None], pa.list_(pa.int32())), pa.array([[], [7]], pa.list_(pa.int32()))])


def test_missing_and_empty_lists_have_no_words() -> None:
    assert sizes(LISTS).tolist() == [2, 0, 0, 1]
    assert flat(LISTS).tolist() == [1, 2, 7]
    assert word_offsets(LISTS).tolist() == [0, 2, 2, 2, 3]
    assert sizes(pa.chunked_array([], pa.list_(pa.int32()))).tolist() == []


def test_words_of_rows_without_tags_have_none() -> None:
    task = Task(inputs=("w",), kinds=("words",), output="tags", classes=("O", "B-a"))
    words = pa.table({"w": pa.array([["나는", "간다"], ["가"], ["오늘", "은"]])})
    tags = pa.chunked_array([pa.array([[0, 1], None, [1, 0]], pa.list_(pa.int32()))])
    data = dataclasses.replace(make(3), task=task, rows=words, truth=tags, target=np.array([0, -1, 0]))
    codes, offsets = tag_codes(data)
    assert codes.tolist() == [0, 1, -1, 1, 0]
    assert offsets.tolist() == [0, 2, 3, 5]
