"""How do answers become the file that a contest takes?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contest.matching import Match, matched
from naeum.contest.sample import Asked, asked
from naeum.contract import Outputs, Task
from naeum.decoding import chosen

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Submission:
    """What is asked for, by a sample, of a test file; filled with answers lot by lot.

    Example:
        >>> import pyarrow as pa
        >>> task = Task(classes=("no", "yes"))
        >>> test = pa.table({"id": ["a", "b"], "text": ["좋다", "별로"]})
        >>> wanted = submission(pa.table({"id": ["b", "a"], "label": ["no", "no"]}), test, task)
        >>> answers = Outputs(task, np.log(np.array([[0.1, 0.9], [0.8, 0.2]], np.float32)))
        >>> wanted.filled([wanted.cells(answers)]).to_pydict()
        {'id': ['b', 'a'], 'label': ['no', 'yes']}
    """

    sample: pa.Table
    match: Match
    asked: Asked

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know of how the sample was read."""
        return (*([self.match.note] if self.match.note else []), *self.asked.notes)

    def cells(self, outputs: Outputs) -> dict[str, Any]:
        """The cells of the asked columns for some rows of the test file, in their order."""
        return dict(zip(self.asked.columns, _cells(self.asked, outputs), strict=True))

    def filled(self, lots: list[dict[str, Any]]) -> pa.Table:
        """The sample with the answers to all rows of the test file in the place of its own, in its order."""
        import pyarrow as pa

        columns = {}
        for name in self.sample.column_names:
            if name in self.asked.columns:
                whole = pa.chunked_array([pa.array(lot[name]) for lot in lots]).take(self.match.order)
                columns[name] = _typed(whole, self.sample.schema.field(name).type, self.asked.form)
            else:
                columns[name] = self.sample.column(name)
        return pa.table(columns)


def submission(sample: pa.Table, test: pa.Table, task: Task, way: str | None = None) -> Submission:
    """What a sample submission asks of a run with this task.

    Args:
        sample: every column as it was read.
        test: the rows to answer, with their ids.
        task: of the run.
        way: "labels" or "probabilities", where the sample and the metric would say otherwise.

    Raises:
        InputError: an id is missing or doubled, or the columns cannot be answered.
    """
    match = matched(sample, test)
    return Submission(sample, match, asked(sample, match.copied, task, way))


def _cells(what: Asked, outputs: Outputs) -> list[Any]:
    return FORMS[what.form](what, outputs)


def _label(what: Asked, outputs: Outputs) -> list[Any]:
    return [[what.words[name] for name in outputs.labels]]


def _number(what: Asked, outputs: Outputs) -> list[Any]:
    return [outputs.labels.astype(np.float64)]


def _chances(what: Asked, outputs: Outputs) -> list[Any]:
    told, classes = outputs.probabilities.astype(np.float64), outputs.task.classes
    nothing = np.zeros(len(told))
    return [told[:, classes.index(name)] if name else nothing for name in what.classes]


def _marks(what: Asked, outputs: Outputs) -> list[Any]:
    classes = outputs.task.classes
    if outputs.task.output == "labels":
        marked = chosen(outputs).astype(np.int64)
    else:
        marked = np.eye(len(classes), dtype=np.int64)[outputs.codes]
    nothing = np.zeros(len(marked), np.int64)
    return [marked[:, classes.index(name)] if name else nothing for name in what.classes]


def _joined(what: Asked, outputs: Outputs) -> list[Any]:
    return [[what.separator.join(labels) for labels in outputs.labels]]


FORMS: dict[str, Callable[[Asked, Outputs], list[Any]]] = {
    "label": _label, "chance": _chances, "chances": _chances, "number": _number, "joined": _joined, "marks": _marks,
}  # fmt: skip


def _typed(column: Any, kind: Any, form: str) -> Any:
    """The column in the sample's type, where nothing is lost by it: fractions stay fractions."""
    import pyarrow as pa

    if form in ("chance", "chances", "number") and not pa.types.is_floating(kind):
        return column
    if pa.types.is_boolean(kind) and pa.types.is_string(column.type):
        return pa.chunked_array([pa.array([word.lower() == "true" for word in column.to_pylist()], pa.bool_())])
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return column
