"""How does a metric mislead on these rows, and which one does not?

Each case looks at the champion's answers and the floor's, and says with both scores what the metric hides. The first
case that holds is said: the floor that already scores well comes first, since it makes every other number look good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from naeum.contract import Dataset, Floats, Ids, OutputKind, Outputs
from naeum.diagnose.rates import percent
from naeum.diagnose.wording import FLOORS
from naeum.measure import Metric, metric
from naeum.measure.judged import judged
from naeum.measure.numbers import ScoredNumbers
from naeum.measure.scored import Doubles, Judged, Scored

LEAST_LEFT = 0.2  # of the way to faultless that a metric must leave above the floor
BOUNDED = frozenset(
    {
        "accuracy",
        "micro_f1",
        "weighted_f1",
        "f1",
        "top_3",
        "top_5",
        "exact",
        "hamming",
        "word_accuracy",
        "exact_tags",
    }
)  # metrics from 0 to 1, of which the floor may score nearly all
INSTEAD: Mapping[OutputKind, str] = {"label": "macro_f1", "labels": "macro_f1", "tags": "entity_f1"}
RARE_POSITIVES = 0.05  # share of positive rows below which a high AUROC may stand beside many false alarms
GAP = 0.2  # between two views of the same answers that are read as saying different things
UNFOUND_GAP = 0.15  # the same between an average over rows and one over classes
LEAST_TRUE = 3  # tune rows that a class must have to be called never found
FEW_ROWS = 0.01  # of the rows: those with the largest errors
HEAVY = 0.5  # from this share of the error in them on, a score is about them
LEAST_NUMBERS = 200  # rows below which the worst hundredth is one row or two
FAR_SHARE = 0.1  # of the mistakes, that are two steps off or more
SQUARED = frozenset({"r2", "rmse", "mse"})
NAMED = 3  # classes that are named


@dataclass(frozen=True, eq=False)
class Seen:
    """What a case looks at: tune rows, the champion's and the floor's answers, and the metric."""

    tune: Dataset
    outputs: Outputs
    floor: Outputs
    measure: Metric

    @cached_property
    def scored(self) -> Judged:
        return judged(self.outputs, self.tune)

    def both(self, name: str) -> tuple[float, float]:
        """The champion's and the floor's score under another metric."""
        other = metric(name)
        return other.score(self.outputs, self.tune), other.score(self.floor, self.tune)


@dataclass(frozen=True)
class Misled:
    """What is hidden, in words, and the metric that shows it."""

    said: str
    instead: str
    rows: Ids = field(default_factory=lambda: np.empty(0, np.uint64))


def misled(seen: Seen) -> Misled | None:
    """The first case that holds; none where the metric says what it seems to say."""
    return next((found for case in CASES if (found := case(seen)) is not None), None)


def floor_is_high(seen: Seen) -> Misled | None:
    """Always saying the same scores nearly all there is to score."""
    instead = INSTEAD.get(seen.tune.task.output)
    if seen.measure.name not in BOUNDED or instead is None or instead == seen.measure.name:
        return None
    if instead == "entity_f1" and not any(name.startswith("B-") for name in seen.tune.task.classes):
        return None
    score, floor = seen.both(seen.measure.name)
    left = seen.measure.error(floor)
    if left > LEAST_LEFT:
        return None
    said = (
        f"always answering {FLOORS[seen.tune.task.output]} scores {floor:.3f} in {seen.measure.title}, so only "
        f"{left:.3f} is left to tell models apart (this one scores {score:.3f})"
    )
    return Misled(said, instead)


def ranks_hide_alarms(seen: Seen) -> Misled | None:
    """AUROC of rare positives: false alarms are few among many negatives, and many among the alarms."""
    if seen.measure.name != "auroc" or len(seen.tune.task.classes) != 2:
        return None
    positive = getattr(seen.scored, "positive", None)
    truth: Any = getattr(seen.scored, "truth", np.empty(0))
    share = float((truth == positive).mean()) if positive is not None and len(truth) else 1.0
    area, precision = seen.both("auroc")[0], seen.both("auprc")[0]
    if share > RARE_POSITIVES or area - precision < GAP:
        return None
    said = (
        f"only {percent(share)} of the rows are positive: AUROC is {area:.3f} although the mean precision of what is "
        f"ranked first is {precision:.3f}"
    )
    return Misled(said, "auprc")


def rare_go_unfound(seen: Seen) -> Misled | None:
    """An average over rows stays high while rare classes are never found."""
    if seen.measure.name not in ("accuracy", "micro_f1", "weighted_f1") or seen.tune.task.output not in INSTEAD:
        return None
    score, over_classes = seen.both(seen.measure.name)[0], seen.both("macro_f1")[0]
    true, found = _tallies(seen.scored)
    lost = np.flatnonzero((true >= LEAST_TRUE) & (found == 0))
    if score - over_classes < UNFOUND_GAP or not len(lost):
        return None
    names = ", ".join(seen.tune.task.classes[code] for code in lost[np.argsort(-true[lost], kind="stable")][:NAMED])
    said = (
        f"{len(lost)} of {int((true > 0).sum())} classes are never found ({names}{', …' if len(lost) > NAMED else ''}) "
        f"and {seen.measure.title} is {score:.3f} all the same"
    )
    return Misled(said, "macro_f1")


def steps_do_not_count(seen: Seen) -> Misled | None:
    """Classes in an order: one step off counts as much as the other end."""
    task, scored = seen.tune.task, seen.scored
    if task.output != "label" or not task.ordered or seen.measure.ordered or not isinstance(scored, Scored):
        return None
    off = np.abs(scored.truth - scored.predicted)
    wrong, far = int((off > 0).sum()), int((off > 1).sum())
    if not wrong or far < FAR_SHARE * wrong:
        return None
    said = (
        f"classes stand in an order and {far} of {wrong} mistakes are two steps off or more (up to {off.max()}), which "
        f"{seen.measure.title} counts like one step"
    )
    return Misled(said, "quadratic_kappa")


def nearly_right_is_wrong(seen: Seen) -> Misled | None:
    """All or nothing: rows with one label too many count as much as rows that are wrong throughout."""
    if seen.measure.name != "exact":
        return None
    score, overlap = seen.both("exact")[0], seen.both("jaccard")[0]
    if overlap - score < GAP:
        return None
    said = (
        f"{score:.3f} of the rows get exactly their labels, while answered and true labels overlap by {overlap:.3f}: a "
        "row with one label too many counts as one that is wrong throughout"
    )
    return Misled(said, "micro_f1")


def few_rows_decide(seen: Seen) -> Misled | None:
    """Squares, or shares of numbers near zero: a hundredth of the rows makes most of the score."""
    scored = seen.scored
    if not isinstance(scored, ScoredNumbers) or len(scored) < LEAST_NUMBERS:
        return None
    off = np.abs(scored.truth - scored.predicted)
    if seen.measure.name in SQUARED:
        costs, why = off**2, "squares make"
    elif seen.measure.name == "mape":
        costs, why = off / np.maximum(np.abs(scored.truth), np.finfo(np.float64).eps), "numbers near 0 make"
    else:
        return None
    count = max(int(FEW_ROWS * len(costs)), 1)
    worst = np.argsort(-costs, kind="stable")[:count]
    share = float(costs[worst].sum() / costs.sum()) if costs.sum() > 0 else 0.0
    if share < HEAVY:
        return None
    said = (
        f"{why} {percent(share)} of {seen.measure.title} out of {count} of {len(costs):,} rows, so it says little "
        "about the others"
    )
    known = np.flatnonzero(seen.tune.target >= 0)
    return Misled(said, "mae", seen.tune.ids[known[worst]])


CASES: tuple[Callable[[Seen], Misled | None], ...] = (
    steps_do_not_count,
    floor_is_high,
    ranks_hide_alarms,
    rare_go_unfound,
    nearly_right_is_wrong,
    few_rows_decide,
)


def _tallies(scored: Any) -> tuple[Doubles, Doubles]:
    """(classes,) how many rows truly are, or have, each class, and of how many of them it was answered."""
    classes = len(scored.task.classes)
    if scored.truth.ndim == 2:
        both: Floats = scored.truth & scored.predicted
        return scored.truth.sum(axis=0).astype(np.float64), both.sum(axis=0).astype(np.float64)
    true = np.bincount(scored.truth, minlength=classes).astype(np.float64)
    found = np.bincount(scored.truth, weights=scored.right, minlength=classes).astype(np.float64)
    return true, found
