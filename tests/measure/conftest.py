"""Rows and answers made by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from naeum.contract import Dataset, Outputs, Task
from naeum.measure import Scored


def _answered(
    truth: Any,
    scores: Any,
    *,
    weight: Any = None,
    group: Any = None,
    link: Any = "identity",
    positive: str | None = None,
) -> tuple[Outputs, Dataset]:
    import pyarrow as pa

    truth, scores = np.asarray(truth, np.int64), np.asarray(scores, np.float32)
    rows, ids = len(truth), np.arange(len(truth), dtype=np.uint64)
    task = Task(classes=tuple(f"부류{code}" for code in range(scores.shape[1])), positive=positive)
    data = Dataset(
        task=task,
        rows=pa.table({"text": [f"문장 {at}" for at in range(rows)]}),
        ids=ids,
        target=truth,
        weight=np.ones(rows, np.float32) if weight is None else np.asarray(weight, np.float32),
        key="made",
        group=np.arange(rows) if group is None else np.asarray(group, np.int64),
        origin=np.zeros(rows, np.uint8),
        parent=ids,
    )
    return Outputs(task, scores, link), data


@pytest.fixture(scope="session")
def answered() -> Callable[..., tuple[Outputs, Dataset]]:
    """answered(truth, scores, weight=, group=, link=, positive=) -> (outputs, dataset)."""
    return _answered


@pytest.fixture(scope="session")
def made(answered: Any) -> Callable[..., tuple[Outputs, Dataset]]:
    """made(rows, classes, skill=, seed=) -> answers that know the truth as well as `skill` says."""

    def make(rows: int, classes: int, *, skill: float = 2.0, seed: int = 0, **more: Any) -> tuple[Outputs, Dataset]:
        rng = np.random.default_rng(seed)
        truth = rng.integers(0, classes, rows)
        scores = rng.normal(size=(rows, classes))
        scores[np.arange(rows), truth] += skill
        return answered(truth, scores, link="softmax", **more)

    return make


@pytest.fixture(scope="session")
def ragged(answered: Any) -> Callable[[int, int, int], Scored]:
    """ragged(seed, classes, rows) -> rows with weights, equal scores, and often a class that is absent."""

    def make(seed: int, classes: int, rows: int) -> Scored:
        rng = np.random.default_rng(seed)
        present = rng.choice(classes, size=rng.integers(1, classes + 1), replace=False)
        scores = rng.integers(0, 4, size=(rows, classes)).astype(np.float64)
        scores[rng.random(rows) < 0.3] *= 3
        truth, weight = present[rng.integers(0, len(present), rows)], rng.integers(1, 4, rows) / 2
        return Scored.of(*answered(truth, scores, weight=weight, link="softmax"))

    return make
