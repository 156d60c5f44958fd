"""Does the section of the metric say why that one, and what others say?"""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import numpy as np

from naeum.contract import Outputs, Task
from naeum.measure import metric
from naeum.report.sections.metric import chosen_metric
from naeum.report.view import View
from naeum.testing.data import make


def view_of(name: str, share: float, rows: int = 100) -> View:
    task = Task(classes=("정상", "불량"), metric=name, positive="불량")
    target = (np.arange(rows) < share * rows).astype(np.int64)
    tune = dataclasses.replace(make(rows), task=task, target=target)
    scores = np.stack([1.0 - target, target * 0.9], axis=1).astype(np.float32)
    floor = Outputs(task, np.tile(np.float32([2, 0]), (rows, 1)))
    found = View(SimpleNamespace(task=task))
    found.__dict__.update(tune=tune, outputs=Outputs(task, scores), metric=metric(name))
    found.__dict__["answers"] = lambda number: floor
    return found


def test_the_proposed_metric_has_its_reason() -> None:
    section = chosen_metric(view_of("macro_f1", 0.1))
    assert section is not None and "What was improved is macro F1, as 90 % of the rows are of one class" in section.body
    first = section.body.index("macro F1</td>")
    assert first < section.body.index("accuracy</td>") < section.body.index("AUROC</td>")
    assert '<td class="n">0.900</td>' in section.body  # the floor's accuracy


def test_another_metric_stands_beside_the_one_that_would_be_proposed() -> None:
    section = chosen_metric(view_of("accuracy", 0.1))
    assert section is not None and "alone macro F1 would be proposed, as 90 %" in section.body


def test_no_rows_no_section() -> None:
    found = view_of("accuracy", 0.5)
    found.__dict__["tune"] = None
    assert chosen_metric(found) is None
