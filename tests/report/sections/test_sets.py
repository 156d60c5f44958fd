"""Does the section of several labels count each?"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Outputs, Task
from naeum.report.sections.sets import sets
from naeum.report.view import View
from naeum.testing.data import make


def view_of(task: Task, truth: pa.Array, outputs: Outputs, **rows: Any) -> View:
    """A view whose champion gave these answers to tune."""
    tune = dataclasses.replace(make(len(truth)), task=task, target=np.zeros(len(truth), np.int64), **rows)
    tune = dataclasses.replace(tune, truth=pa.chunked_array([truth]))
    found = View(SimpleNamespace(task=task))
    found.__dict__.update(tune=tune, outputs=outputs, judged=np.arange(len(truth)))
    return found


TASK = Task(output="labels", metric="micro_f1", classes=("빠름", "친절"))


def test_each_label_has_its_counts_and_its_threshold_the_weakest_first() -> None:
    truth = pa.array([[0], [0, 1], [1]], pa.list_(pa.int32()))
    scores = np.array([[3, -3], [3, -3], [-3, 3]], np.float32)
    section = sets(view_of(TASK, truth, Outputs(TASK, scores, "sigmoid", cut=np.array([0.5, 0.25], np.float32))))
    assert section is not None
    assert "66.7 % of the rows get exactly their labels." in section.body
    assert section.body.index("친절") < section.body.index("빠름")
    assert (
        '<td class="n">0.67</td><td class="n">1.00</td><td class="n">0.50</td><td class="n">0.25</td>' in section.body
    )


def test_other_answers_have_no_such_section() -> None:
    found = view_of(TASK, pa.array([[0]], pa.list_(pa.int32())), Outputs(TASK, np.zeros((1, 2), np.float32), "sigmoid"))
    found.ladder.task = Task()
    assert sets(found) is None
