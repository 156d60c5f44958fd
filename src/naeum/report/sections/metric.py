"""Which metric was improved, why that one, and what do others say of the same answers?"""

from __future__ import annotations

from collections.abc import Mapping

from naeum.contract import Dataset, OutputKind, Outputs
from naeum.data.proposal import propose
from naeum.data.truth import Goal
from naeum.errors import NaeumError
from naeum.measure import METRICS, Metric, bootstrap, metric
from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

# Other views of the same answers, each of what the others leave out.
VIEWS: Mapping[OutputKind, tuple[str, ...]] = {
    "label": ("accuracy", "macro_f1", "log_loss", "auroc"),
    "labels": ("micro_f1", "macro_f1", "exact", "log_loss"),
    "number": ("r2", "mae", "rmse", "spearman"),
    "tags": ("entity_f1", "entity_precision", "entity_recall", "word_accuracy"),
}
ORDERED = ("quadratic_kappa", "mae", "accuracy", "log_loss")  # of classes in an order
RESAMPLES = 400  # of each interval: the third digit of an end is not shown


def chosen_metric(view: View) -> Section | None:
    """Why the metric, and the champion and the floor under it and under its neighbours, on tune."""
    task, floor = view.ladder.task, view.answers(0)
    if view.tune is None or view.outputs is None or floor is None or view.metric is None:
        return None
    names = ORDERED if task.ordered else VIEWS.get(task.output, ())
    others = [METRICS[name] for name in names if name != view.metric.name]
    lines = [line for one in (view.metric, *others) if (line := _line(one, view.outputs, floor, view.tune)) is not None]
    body = join(
        tag("p", _why(view, view.tune)),
        table(("metric", "champion", "95 % interval", "floor", "better is"), lines, (1, 3)),
        tag(
            "p",
            "On tune rows, which the champion was not chosen by; the first line is what was improved.",
            class_="note",
        ),
    )
    return Section("metric", "Which metric, and what others say", "Metric", body)


def _why(view: View, tune: Dataset) -> str:
    """The metric and its reason; where another is proposed for these answers, that one and its reason."""
    task = tune.task
    found = Goal(task.output, task.classes, tune.target, tune.truth, task.ordered)
    proposal = propose(found)
    if proposal.metric == task.metric:
        return f"What was improved is {view.score_name}, {proposal.reason}."
    try:
        title = metric(proposal.metric).title
    except NaeumError:
        title = proposal.metric
    return (
        f"What was improved is {view.score_name}. By the kind and balance of the answers alone {title} would be "
        f"proposed, {proposal.reason}."
    )


def _line(one: Metric, outputs: Outputs, floor: Outputs, tune: Dataset) -> tuple[Content, ...] | None:
    """One metric's view of the champion and the floor; none where it cannot judge these answers."""
    try:
        found, least = bootstrap(one, outputs, tune, seed=0, resamples=RESAMPLES), one.score(floor, tune)
    except NaeumError:
        return None
    ends = words.interval(found.low, found.high)
    return one.title, words.number(found.value), ends, words.number(least), "higher" if one.sign > 0 else "lower"
