"""Which metrics are there, and how does one get one by its name?

Classes that are absent from the rows: averages over classes leave out what is not there (see counts.py and ranks.py);
log loss and Brier count the probability that absent classes were given.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from naeum.contract import OutputKind
from naeum.errors import InputError
from naeum.measure import entities, numbers, sets, spans, steps
from naeum.measure.calibration import ece
from naeum.measure.counts import (
    accuracy,
    balanced_accuracy,
    kappa,
    macro_f1,
    mcc,
    positive_f1,
    weighted_f1,
)
from naeum.measure.custom import custom
from naeum.measure.ranks import auprc, auroc
from naeum.measure.scored import Doubles, Metric, Scored, mean

# The least probability that a logarithm is taken of, as in scikit-learn: a certain mistake costs 36 nats, not infinity.
LEAST_PROBABILITY = float(np.finfo(np.float64).eps)


def log_loss(scored: Scored, weights: Doubles) -> Doubles:
    """Mean of -ln(probability of the truth), in nats."""
    of_truth = scored.probabilities[np.arange(len(scored)), scored.truth]
    return mean(-np.log(np.clip(of_truth, LEAST_PROBABILITY, 1.0)), weights)


def by_output(
    label: Callable[[Scored, Doubles], Doubles],
    labels: Callable[[sets.ScoredSets, Doubles], Doubles],
    tags: Callable[[entities.ScoredTags, Doubles], Doubles] | None = None,
    span: Callable[[spans.ScoredSpans, Doubles], Doubles] | None = None,
) -> Any:
    """One name for several definitions: of one label a row, of several, of a tag a word, and of spans."""

    def either(scored: Any, weights: Doubles) -> Doubles:
        if isinstance(scored, entities.ScoredTags) and tags is not None:
            return tags(scored, weights)
        if isinstance(scored, spans.ScoredSpans) and span is not None:
            return span(scored, weights)
        return (labels if isinstance(scored, sets.ScoredSets) else label)(scored, weights)

    return either


def brier(scored: Scored, weights: Doubles) -> Doubles:
    """Mean squared distance of the probabilities from the truth (Brier 1950): 0 to 1 for two classes, else 0 to 2."""
    rows = np.arange(len(scored))
    squares = (scored.probabilities**2).sum(axis=1)
    of_truth = scored.probabilities[rows, scored.truth]
    distance = squares - 2 * of_truth + 1
    return mean(distance / 2 if scored.classes == 2 else distance, weights)


def top(count: int) -> Callable[[Scored, Doubles], Doubles]:
    """Share of rows whose truth is among the `count` most probable classes; of equals the earlier class comes first."""

    def among(scored: Scored, weights: Doubles) -> Doubles:
        of_truth = scored.probabilities[np.arange(len(scored)), scored.truth][:, None]
        earlier = np.arange(scored.classes)[None] < scored.truth[:, None]
        before = (scored.probabilities > of_truth) | ((scored.probabilities == of_truth) & earlier)
        return mean(np.asarray(before.sum(axis=1) < count, np.float64), weights)

    return among


def by_order(
    ranks: Callable[[Scored, Doubles], Doubles], number: Callable[[numbers.ScoredNumbers, Doubles], Doubles]
) -> Any:
    """One name for a measure of numbers and of the places of classes in their order."""

    def either(scored: Any, weights: Doubles) -> Doubles:
        return ranks(scored, weights) if isinstance(scored, Scored) else number(scored, weights)

    return either


LABELS: frozenset[OutputKind] = frozenset({"label", "labels"})
SETS: frozenset[OutputKind] = frozenset({"labels"})
NUMBER: frozenset[OutputKind] = frozenset({"number"})
STEPS: frozenset[OutputKind] = frozenset({"number", "label"})  # numbers, or classes in an order
TAGS: frozenset[OutputKind] = frozenset({"tags"})
SPAN: frozenset[OutputKind] = frozenset({"span"})
DEFAULT: Mapping[OutputKind, str] = {
    "label": "accuracy", "labels": "micro_f1", "number": "r2", "tags": "entity_f1", "span": "span_f1",
}  # fmt: skip

_ALL = (
    Metric("accuracy", "accuracy", 1, accuracy),
    Metric("balanced_accuracy", "balanced accuracy", 1, balanced_accuracy),
    Metric("macro_f1", "macro F1", 1, by_output(macro_f1, sets.macro_f1), outputs=LABELS),
    # With one label a row every false positive is a false negative.
    Metric("micro_f1", "micro F1", 1, by_output(accuracy, sets.micro_f1), outputs=LABELS),
    Metric("weighted_f1", "weighted F1", 1, weighted_f1),
    Metric("f1", "F1 of the positive class", 1, positive_f1),
    Metric(
        "log_loss", "log loss", -1, by_output(log_loss, sets.log_loss, entities.log_loss, spans.log_loss),
        "probabilities", 0.0, outputs=LABELS | TAGS | SPAN,
    ),
    Metric("brier", "Brier score", -1, brier, needs="probabilities", perfect=0.0),
    Metric("auroc", "AUROC", 1, auroc, needs="probabilities", per_class=True),
    Metric("auprc", "AUPRC", 1, auprc, needs="probabilities", per_class=True),
    Metric("mcc", "Matthews correlation", 1, mcc),
    Metric("kappa", "Cohen's kappa", 1, kappa),
    Metric("top_3", "top-3 accuracy", 1, top(3), needs="probabilities"),
    Metric("top_5", "top-5 accuracy", 1, top(5), needs="probabilities"),
    Metric("ece", "calibration error", -1, ece, needs="probabilities", perfect=0.0),
    Metric("exact", "share of rows with exactly the true labels", 1, sets.exact, outputs=SETS),
    Metric("jaccard", "mean overlap of true and answered labels", 1, sets.jaccard, outputs=SETS),
    Metric("hamming", "share of wrong labels", -1, sets.hamming, perfect=0.0, outputs=SETS),
    Metric("r2", "R²", 1, numbers.r2, outputs=NUMBER),
    Metric("rmse", "root mean squared error", -1, numbers.rmse, perfect=0.0, outputs=NUMBER),
    Metric("mse", "mean squared error", -1, numbers.mse, perfect=0.0, outputs=NUMBER),
    Metric(
        "mae", "mean absolute error", -1, by_order(steps.mae, numbers.mae), perfect=0.0, outputs=STEPS, ordered=True
    ),
    Metric("mape", "mean absolute error as a share", -1, numbers.mape, perfect=0.0, outputs=NUMBER),
    Metric(
        "spearman", "Spearman correlation", 1, by_order(steps.spearman, numbers.spearman), outputs=STEPS, ordered=True
    ),
    Metric("kendall", "Kendall's tau-b", 1, steps.kendall, ordered=True),
    Metric("quadratic_kappa", "quadratic weighted kappa", 1, steps.quadratic_kappa, ordered=True),
    Metric("pearson", "Pearson correlation", 1, numbers.pearson, outputs=NUMBER),
    Metric("within", "share of rows inside their interval", 1, numbers.within, outputs=NUMBER),
    Metric("entity_f1", "F1 of entities", 1, entities.entity_f1, outputs=TAGS),
    Metric("entity_macro_f1", "mean F1 of the types of entities", 1, entities.entity_macro_f1, outputs=TAGS),
    Metric("entity_precision", "precision of entities", 1, entities.entity_precision, outputs=TAGS),
    Metric("entity_recall", "recall of entities", 1, entities.entity_recall, outputs=TAGS),
    Metric("word_accuracy", "share of words with the right tag", 1, entities.word_accuracy, outputs=TAGS),
    Metric("span_f1", "F1 of answers", 1, spans.span_f1, outputs=SPAN),
    Metric("span_exact", "share of exact answers", 1, spans.span_exact, outputs=SPAN),
    Metric("answerable_f1", "F1 of answers where the passage has one", 1, spans.answerable_f1, outputs=SPAN),
    Metric("no_answer_accuracy", "share of rows rightly told to have an answer or none", 1, spans.no_answer_accuracy,
           outputs=SPAN),
    Metric("exact_tags", "share of sentences without a wrong tag", 1, entities.exact, outputs=TAGS),
)  # fmt: skip
METRICS: Mapping[str, Metric] = {one.name: one for one in _ALL}


def metric(name: str) -> Metric:
    """The metric of a name, or the user's own: "my.py:score" is the function `score` of the file my.py.

    Raises:
        InputError: no metric has this name; the file or function is missing or not a metric.

    Example:
        >>> metric("log_loss").sign
        -1
    """
    if name in METRICS:
        return METRICS[name]
    if ".py" in name:
        return custom(name)
    near = difflib.get_close_matches(name, METRICS, n=1)
    guess = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(METRICS)}, or my.py:function"
    raise InputError(f"a metric must have a known name; got {name!r}; {guess}")
