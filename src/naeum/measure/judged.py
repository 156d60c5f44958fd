"""Which form do rows and their answers take for a metric? By the kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from naeum.contract import Dataset, OutputKind, Outputs, Task
from naeum.errors import InputError
from naeum.measure.entities import ScoredTags
from naeum.measure.numbers import ScoredNumbers
from naeum.measure.scored import Doubles, Judged, Metric, Scored, mean
from naeum.measure.sets import ScoredSets
from naeum.measure.spans import ScoredSpans

FORMS: Mapping[OutputKind, Callable[[Outputs, Dataset], Judged]] = {
    "label": Scored.of,
    "number": ScoredNumbers.of,
    "labels": ScoredSets.of,
    "tags": ScoredTags.of,
    "span": ScoredSpans.of,
}


def judged(outputs: Outputs, dataset: Dataset, metric: Metric | None = None) -> Judged:
    """The labelled rows with their answers, in the form that metrics of this task read.

    Raises:
        InputError: the metric judges other kinds of answers; the answers do not belong to the rows, hold NaN, or no row
            is labelled.
    """
    kind = dataset.task.output
    if metric is not None:
        must_judge(metric, dataset.task)
    if kind not in FORMS:
        raise InputError(f"the answers must be of a kind that is measured: {', '.join(FORMS)}; got {kind}")
    return FORMS[kind](outputs, dataset)


def must_judge(metric: Metric, task: Task) -> None:
    """Refuse a metric that says nothing about answers of this task.

    Raises:
        InputError: it judges other kinds of answers, or classes in an order where these stand in none.
    """
    if task.output not in metric.outputs:
        raise InputError(
            f"the metric must judge what the task answers, {task.output}; {metric.name} judges "
            f"{' and '.join(sorted(metric.outputs))}; choose another with --metric"
        )
    if metric.ordered and task.output == "label" and not task.ordered:
        raise InputError(
            f"the metric {metric.name} must be given classes in an order; {', '.join(task.classes[:5])} stand in none; "
            "say it with --ordered, as in --ordered 'low<medium<high'"
        )


def _error(scored: Judged, weights: Doubles) -> Doubles:
    return mean(scored.errors, weights)


# How wrong the answers are on the whole, for diagnosis: 1 - accuracy, 1 - R², the share of words tagged wrongly, …
ERROR = Metric("error", "error", -1, _error, perfect=0.0, outputs=frozenset(FORMS))


def row_errors(outputs: Outputs, dataset: Dataset) -> Doubles:
    """(labelled rows,) how wrong each answer is: 0 faultless, about 1 as wrong as the floor (see `Judged.errors`)."""
    return judged(outputs, dataset).errors
