"""What the tests of tables share: a run in a folder of its own, and several labels a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from naeum.contract import Dataset, Parts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import table


@pytest.fixture
def run(tmp_path: Path) -> TinyRun:
    return TinyRun(tmp_path)


@pytest.fixture
def several() -> Parts:
    """Rows of a table with the labels "dear" and "south", and one that no row has."""
    given = table.parts(120)
    return Parts(*(_labelled(part) for part in (given.fit, given.tune)))


def _labelled(data: Dataset) -> Dataset:
    task = replace(table.TASK, target="tags", classes=("dear", "never", "south"), output="labels", metric="micro_f1")
    pays, towns = data.rows["요금"].to_pylist(), data.rows["town"].to_pylist()
    truth = [[0] * (pay > 70) + [2] * (town in table.SOUTH) for pay, town in zip(pays, towns, strict=True)]
    lists = pa.chunked_array([pa.array(truth, pa.list_(pa.int32()))])
    return replace(data, task=task, target=data.target * 0, truth=lists, key=f"{data.key}/labels")
