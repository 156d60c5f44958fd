"""Does the figure of numbers draw what was answered?"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Outputs, Task
from naeum.report import drawing
from naeum.report.figures.numbers import MOST, figure
from naeum.report.view import View
from naeum.testing.data import make


def view_of(task: Task, truth: pa.Array, outputs: Outputs, **rows: Any) -> View:
    """A view whose champion gave these answers to tune."""
    tune = dataclasses.replace(make(len(truth)), task=task, target=np.zeros(len(truth), np.int64), **rows)
    tune = dataclasses.replace(tune, truth=pa.chunked_array([truth]))
    found = View(SimpleNamespace(task=task))
    found.__dict__.update(tune=tune, outputs=outputs, judged=np.arange(len(truth)))
    return found


TASK = Task(output="number", metric="r2", target="점수")


def test_many_rows_are_thinned_and_both_panels_drawn() -> None:
    truth = np.linspace(0, 10, 2 * MOST)
    outputs = Outputs(TASK, truth.astype(np.float32)[:, None], "identity")
    with drawing.style():
        drawn = figure(view_of(TASK, pa.array(truth), outputs))
    assert drawn is not None
    first, second = drawn.axes
    assert len(first.collections[0].get_offsets()) == MOST
    assert np.abs(second.collections[0].get_offsets()[:, 1]).max() < 1e-5


def test_classes_are_not_drawn() -> None:
    found = view_of(TASK, pa.array([1.0]), Outputs(TASK, np.zeros((1, 1), np.float32), "identity"))
    found.ladder.task = Task()
    assert figure(found) is None
