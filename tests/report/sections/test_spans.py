"""Does the section of answers show them in their passages?"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from naeum.contract import Dataset, Outputs, Task
from naeum.measure.spans import passages_of
from naeum.passages import units_of
from naeum.report.sections.mistakes import mistakes
from naeum.report.sections.spans import spans as section
from naeum.report.view import View
from naeum.testing.worlds import spans

ROWS: list[spans.Row] = [
    ("어디?", "민수는 <부산>에 산다.", [(5, 7)]),
    ("Where?", "Nobody knows. " + "far " * 40 + "away it is", []),
    ("Who?", "Jun came.", [(0, 3)]),
]


def view(data: Dataset, rows: bool = True) -> View:
    """A view whose champion answers the first unit of every passage."""
    found = units_of(passages_of(data))
    scores = np.zeros((len(found.spans), 2), np.float32)
    scores[found.offsets[:-1] + 1] = 9
    outputs = Outputs(data.task, scores, offsets=found.offsets)
    made = View(SimpleNamespace(task=data.task), rows=rows)
    made.__dict__.update(tune=data, outputs=outputs, judged=np.arange(len(data)))
    return made


def test_scores_are_told_with_and_without_an_answer() -> None:
    found = section(view(spans.dataset(ROWS)))
    assert found is not None and found.anchor == "spans"
    assert '<td>the passage answers</td><td class="n">0.500</td><td class="n">0.500</td><td class="n">1.000</td>' in (
        found.body
    )
    assert '<td>it does not</td><td class="n">0.000</td>' in found.body


def test_mistakes_show_the_right_and_the_given_answer_in_the_passage() -> None:
    found = section(view(spans.dataset(ROWS)))
    assert found is not None
    assert "<mark>민</mark>" in found.body and "<u>부산</u>" in found.body and "&lt;" in found.body
    assert "<mark>Nobody</mark> knows." in found.body and "away" not in found.body, "far from the answer"
    assert "Jun came" not in found.body
    assert "no answer" in found.body


def test_no_row_is_shown_where_none_may_be() -> None:
    found = section(view(spans.dataset(ROWS), rows=False))
    assert found is not None and "민수" not in found.body and "mark" not in found.body


def test_other_answers_have_no_such_section_and_these_no_other() -> None:
    made = view(spans.dataset(ROWS))
    assert mistakes(made) is None
    made.ladder.task = Task()
    assert section(made) is None
