"""Does the section of numbers say how near they are?"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Outputs, Task
from naeum.report.sections.numbers import numbers
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
TRUTH = pa.array(np.linspace(0, 10, 40))


def answered(ends: bool) -> View:
    told = (TRUTH.to_numpy() + np.tile([0.5, -0.5], 20)).astype(np.float32)[:, None]
    quantiles = np.concatenate([told - 0.4, told + 1.0], axis=1) if ends else None
    return view_of(TASK, TRUTH, Outputs(TASK, told, "identity", quantiles=quantiles))


def test_measures_and_coverage_are_told() -> None:
    section = numbers(answered(ends=True))
    assert section is not None
    assert section.anchor == "numbers"
    assert "R²" in section.body
    assert "50.0 % of the true numbers lie in their 90 % intervals, which are 1.400 wide on average." in section.body
    assert "<svg" in section.body


def test_answers_without_intervals_say_so() -> None:
    section = numbers(answered(ends=False))
    assert section is not None
    assert "The champion answers without an interval." in section.body


def test_classes_have_no_such_section() -> None:
    found = answered(ends=False)
    found.ladder.task = Task()
    assert numbers(found) is None
