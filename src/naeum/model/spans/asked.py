"""Which questions, passages and answers does a learner of spans learn from?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Outputs, Task, subset
from naeum.engine.tokens import clean
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.measure.spans import gold_places, passages_of, wanted
from naeum.passages import Units, joined, units_of

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Asked:
    """Questions, their passages, and the units of these."""

    questions: list[str]
    passages: npt.NDArray[np.object_]
    units: Units

    def __len__(self) -> int:
        return len(self.questions)

    def outputs(self, task: Task, scores: Floats) -> Outputs:
        """Scores (units, 2) of starts and ends as answers."""
        return Outputs(task, scores, offsets=self.units.offsets, passages=self.passages)


@dataclass(frozen=True, eq=False)
class Answered:
    """The same with what is right. Weights have mean one."""

    asked: Asked
    wanted: Floats  # (units, 2) shares of the right starts and ends; both sum to one in each row
    weight: Floats  # (rows,)
    ids: npt.NDArray[np.uint64]  # (rows,)


def asked(rows: pa.Table, task: Task) -> Asked:
    """The questions (all inputs but the last) and passages (the last) of rows; a missing text is empty.

    Example:
        >>> import pyarrow as pa
        >>> task = Task(("question", "context"), "answer", ("start", "end"), "span_f1", "span")
        >>> found = asked(pa.table({"question": ["누구?", None], "context": ["철수다", None]}), task)
        >>> found.questions, found.units.offsets.tolist()
        (['누구?', ''], [0, 4, 5])
    """
    columns = [rows.column(name).to_pylist() for name in task.inputs]
    questions = [clean(joined(row)) for row in zip(*columns[:-1], strict=True)] if columns[:-1] else [""] * len(rows)
    passages = np.empty(len(rows), object)
    passages[:] = [clean(text) for text in columns[-1]]
    return Asked(questions, passages, units_of(passages))


def answered(data: Dataset) -> tuple[Dataset, Answered]:
    """The rows that are labelled and count, with what is right."""
    kept = np.flatnonzero((data.target >= 0) & (data.weight > 0))
    found = data if len(kept) == len(data) else subset(data, kept, f"{data.key}/labelled")
    golds = gold_places(found, np.arange(len(found))) if len(found) else []
    shares = np.asarray(wanted(list(passages_of(found)), golds), np.float32)
    weight = np.asarray(found.weight / (found.weight.mean() if len(found) else 1.0), np.float32)
    return found, Answered(asked(found.rows, found.task), shares, weight, found.ids)


def to_learn(data: Dataset, kind: str) -> Answered:
    """The answered questions of fit.

    Raises:
        InputError: there are none, or the task is another.
    """
    if data.task.output != "span":
        raise InputError(f"{kind} answers from passages; got the output {data.task.output}; choose another learner")
    _, found = answered(data)
    if not len(found.asked):
        raise InputError(
            f"{kind} must have answered questions to learn from; got none in {len(data)} rows; give answers"
        )
    return found


def judge(data: Dataset) -> Callable[[Floats], float]:
    """A function of scores (units, 2) that gives the metric of the task, higher is better, on the rows of `data`."""
    chosen, offsets = metric(data.task.metric), units_of(passages_of(data)).offsets

    def score(scores: Floats) -> float:
        return chosen.sign * chosen.score(Outputs(data.task, scores, offsets=offsets), data)

    return score
