"""Which rows are of one sort?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa

from naeum.contract import Task
from naeum.data.strata import strata
from naeum.testing.data import make


def with_truth(output: str, truth: pa.Array, classes: tuple[str, ...] = ()) -> object:
    known = np.array([value is not None for value in truth.to_pylist()])
    data = dataclasses.replace(make(len(truth)), task=Task(output=output, classes=classes))
    return strata(dataclasses.replace(data, truth=pa.chunked_array([truth]), target=np.where(known, 0, -1)))


def test_numbers_are_of_the_sort_of_their_decile() -> None:
    found = with_truth("number", pa.array([*range(100), None], pa.float64()))
    assert np.bincount(found[:-1]).tolist() == [10] * 10
    assert found[-1] == -1


def test_few_distinct_numbers_make_few_sorts() -> None:
    assert len(set(with_truth("number", pa.array([1.0, 1.0, 1.0, 5.0])).tolist())) == 2
    assert len(set(with_truth("number", pa.array([1.0] * 10)).tolist())) == 1


def test_lists_are_of_the_sort_of_their_rarest_code() -> None:
    lists = pa.array([[0], [0, 1], [0], [], None, [0, 2, 1], [1]], pa.list_(pa.int32()))
    found = with_truth("labels", lists, ("a", "b", "c"))
    assert found.tolist() == [0, 1, 0, 3, -1, 2, 1]


def test_passages_are_sorted_by_whether_they_have_an_answer() -> None:
    kind = pa.list_(pa.struct({"start": pa.int32(), "end": pa.int32()}))
    spans = pa.array([[{"start": 3, "end": 5}], [], None, [{"start": 0, "end": 1}, {"start": 2, "end": 3}]], kind)
    assert with_truth("span", spans).tolist() == [1, 0, -1, 1]
