"""Does the section of entities count them as they are?"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Outputs, Task
from naeum.report.sections.entities import entities
from naeum.report.view import View
from naeum.testing.data import make


def view_of(task: Task, truth: pa.Array, outputs: Outputs, **rows: Any) -> View:
    """A view whose champion gave these answers to tune."""
    tune = dataclasses.replace(make(len(truth)), task=task, target=np.zeros(len(truth), np.int64), **rows)
    tune = dataclasses.replace(tune, truth=pa.chunked_array([truth]))
    found = View(SimpleNamespace(task=task))
    found.__dict__.update(tune=tune, outputs=outputs, judged=np.arange(len(truth)))
    return found


TASK = Task(inputs=("w",), kinds=("words",), output="tags", metric="entity_f1", classes=("O", "B-곳", "I-곳"))


def test_each_type_has_its_precision_and_recall() -> None:
    truth = pa.array([[1, 2, 0], [0, 1]], pa.list_(pa.int32()))
    told = np.eye(3, dtype=np.float32)[[1, 2, 0, 1, 0]]
    outputs = Outputs(TASK, told * 5, offsets=np.array([0, 3, 5]))
    words = pa.table({"w": pa.array([["서울", "시", "간다"], ["오늘", "부산"]])})
    section = entities(view_of(TASK, truth, outputs, rows=words))
    assert section is not None
    assert '<td>곳</td><td class="n">0.50</td><td class="n">0.50</td><td class="n">0.50</td><td class="n">2</td>' in (
        section.body
    )
    assert "60.0 % of all words have the right tag" in section.body


def test_other_answers_have_no_such_section() -> None:
    found = view_of(TASK, pa.array([[0]], pa.list_(pa.int32())), Outputs(TASK, np.zeros((1, 3), np.float32)))
    found.ladder.task = Task()
    assert entities(found) is None
