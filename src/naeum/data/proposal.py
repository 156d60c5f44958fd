"""Which metric suits this target, and why; and what is to be said where the user chose another?

What is proposed follows from the kind of answer and from the balance of the answers alone, so it can be said before
anything is fitted. The numbers are those of an answer that never changes: what it scores is what a metric gives away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.data.truth import Goal

LOPSIDED = 0.8  # from this share of one class on accuracy praises the answer that never changes
RARE = 0.1  # of the rows of the most frequent label: a label with fewer hardly counts in an average over labels
MOSTLY_RARE = 0.5  # from this share of rare labels on an average over rows is one over a few labels
FEWEST_ROWS = 10  # that the middle label must have, or the mean over labels is mostly chance
FEW_ROWS = 0.01  # of the rows: the farthest out
HEAVY = 0.5  # from this share of the variance in them on squares are about them and not about the rest
LEAST_NUMBERS = 200  # rows below which the farthest hundredth is one row or two


@dataclass(frozen=True)
class Proposal:
    """A metric by name, why it, and what the plainer one would give the answer that never changes."""

    metric: str
    reason: str  # "as …"


def propose(found: Goal) -> Proposal:
    """The metric that suits a target.

    Example:
        >>> rare = Goal("label", ("ham", "spam"), np.array([0] * 9 + [1]))
        >>> propose(rare).metric
        'macro_f1'
        >>> propose(rare).reason
        'as 90 % of the rows are of one class: always answering it scores 0.90 in accuracy, 0.47 in macro F1'
    """
    if found.output == "labels":
        return _of_labels(found)
    if found.output == "number":
        return _of_numbers(found)
    if found.output == "tags":
        return _of_tags(found)
    if found.output == "span":
        return Proposal("span_f1", "as a span that nearly fits is worth nearly as much")
    return _of_classes(found)


def remark(found: Goal, asked: str | None, proposal: Proposal) -> str:
    """The note about the metric: what is improved and why, or what speaks against the one that was asked for.

    Example:
        >>> found = Goal("label", ("개", "새"), np.array([0, 1, 1]))
        >>> remark(found, None, propose(found))
        'metric = accuracy, as no class has 80 % of the rows (the largest has 67 %) (--metric says otherwise)'
        >>> remark(found, "log_loss", propose(found))
        ''
    """
    if asked is None:
        return f"metric = {proposal.metric}, {proposal.reason} (--metric says otherwise)"
    if asked == proposal.metric or asked not in BLIND.get(proposal.metric, ()):
        return ""
    return f"warning: metric = {asked} may mislead, {proposal.reason}; --metric {proposal.metric} does not"


# What a metric is proposed instead of: metrics that do not see why it was proposed.
BLIND = {
    "macro_f1": ("accuracy", "micro_f1", "weighted_f1", "hamming", "exact"),
    "quadratic_kappa": ("accuracy", "balanced_accuracy", "micro_f1", "macro_f1", "weighted_f1", "kappa", "mcc"),
    "mae": ("r2", "rmse", "mse"),
    "entity_f1": ("word_accuracy",),
}


def shares(found: Goal) -> npt.NDArray[np.float64]:
    """(classes,) of the labelled rows; of several labels, the share of rows that have each."""
    known = found.codes >= 0
    if found.output == "label":
        counts = np.bincount(found.codes[known], minlength=len(found.classes))
    else:
        flat = found.truth.combine_chunks().flatten().to_numpy() if found.truth is not None else np.empty(0, np.int64)
        counts = np.bincount(flat.astype(np.int64), minlength=len(found.classes))
    return np.asarray(counts / max(int(known.sum()), 1), np.float64)


def _of_classes(found: Goal) -> Proposal:
    if found.ordered:
        return Proposal("quadratic_kappa", "as the classes stand in an order, and far off is worse than one step off")
    of_class = shares(found)
    largest = float(of_class.max()) if len(of_class) else 0.0
    if largest < LOPSIDED:
        return Proposal(
            "accuracy", f"as no class has {LOPSIDED:.0%} of the rows (the largest has {largest:.0%})".replace("%", " %")
        )
    floor = 2 * largest / (1 + largest) / max(int((of_class > 0).sum()), 1)  # F1 of one class, 0 of all others
    said = f"{largest:.0%}".replace("%", " %")
    return Proposal(
        "macro_f1",
        f"as {said} of the rows are of one class: always answering it scores {largest:.2f} in accuracy, "
        f"{floor:.2f} in macro F1",
    )


def _of_labels(found: Goal) -> Proposal:
    rows = shares(found) * (found.codes >= 0).sum()
    there = rows[rows > 0]
    if not len(there):
        return Proposal("micro_f1", "as every label of every row counts alike")
    rare = there < RARE * there.max()
    if rare.mean() >= MOSTLY_RARE and np.median(there) >= FEWEST_ROWS:
        return Proposal(
            "macro_f1",
            f"as {rare.sum()} of {len(there)} labels have less than a tenth of the rows of the most frequent one, and "
            "would hardly count in micro F1",
        )
    return Proposal("micro_f1", f"as every label of every row counts alike, of {len(there)} labels")


def _of_numbers(found: Goal) -> Proposal:
    heavy = 0.0 if found.truth is None else far_share(np.asarray(found.truth.to_numpy(), np.float64))
    if heavy >= HEAVY:
        said = f"{heavy:.0%}".replace("%", " %")
        return Proposal(
            "mae", f"as the farthest hundredth of the rows holds {said} of the variance, and squares would be about it"
        )
    return Proposal("r2", "as it is the share of the variance that is explained, whatever the unit")


def _of_tags(found: Goal) -> Proposal:
    if any(name.startswith("B-") for name in found.classes):
        return Proposal("entity_f1", "as tags begin entities, and an entity counts where type and ends are right")
    return Proposal("word_accuracy", "as tags mark words and no entities")


def far_share(numbers: npt.NDArray[np.float64]) -> float:
    """Share of the variance that the farthest hundredth of the numbers holds; 0 of few numbers.

    Example:
        >>> round(far_share(np.r_[np.arange(396.0), [9e4, 8e4, 9e4, 7e4]]), 2)
        1.0
    """
    known = numbers[np.isfinite(numbers)]
    if len(known) < LEAST_NUMBERS:
        return 0.0
    squares = np.sort((known - np.median(known)) ** 2)[::-1]
    total = squares.sum()
    return float(squares[: max(int(FEW_ROWS * len(squares)), 1)].sum() / total) if total > 0 else 0.0
