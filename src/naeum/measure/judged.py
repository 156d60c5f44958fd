"""Which form do rows and their answers take for a metric? By the kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from naeum.contract import Dataset, OutputKind, Outputs
from naeum.errors import InputError
from naeum.measure.entities import ScoredTags
from naeum.measure.numbers import ScoredNumbers
from naeum.measure.scored import Doubles, Judged, Metric, Scored, mean
from naeum.measure.sets import ScoredSets

FORMS: Mapping[OutputKind, Callable[[Outputs, Dataset], Judged]] = {
    "label": Scored.of,
    "number": ScoredNumbers.of,
    "labels": ScoredSets.of,
    "tags": ScoredTags.of,
}


def judged(outputs: Outputs, dataset: Dataset, metric: Metric | None = None) -> Judged:
    """The labelled rows with their answers, in the form that metrics of this task read.

    Raises:
        InputError: the metric judges other kinds of answers; the answers do not belong to the rows, hold NaN, or no row
            is labelled.
    """
    kind = dataset.task.output
    if metric is not None and kind not in metric.outputs:
        raise InputError(
            f"the metric must judge what the task answers, {kind}; {metric.name} judges "
            f"{' and '.join(sorted(metric.outputs))}; choose another with --metric"
        )
    if kind not in FORMS:
        raise InputError(f"the answers must be of a kind that is measured: {', '.join(FORMS)}; got {kind}")
    return FORMS[kind](outputs, dataset)


def _error(scored: Judged, weights: Doubles) -> Doubles:
    return mean(scored.errors, weights)


# How wrong the answers are on the whole, for diagnosis: 1 - accuracy, 1 - R², the share of words tagged wrongly, …
ERROR = Metric("error", "error", -1, _error, perfect=0.0, outputs=frozenset(FORMS))


def row_errors(outputs: Outputs, dataset: Dataset) -> Doubles:
    """(labelled rows,) how wrong each answer is: 0 faultless, about 1 as wrong as the floor (see `Judged.errors`)."""
    return judged(outputs, dataset).errors
