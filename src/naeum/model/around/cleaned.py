"""Does a learner get better when rows whose label looks wrong are left out, given another label, or count less?

References:
    Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty in dataset labels".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets, values
from naeum.contract import Dataset, Ints, Outputs, Parts, Run, Shape, subset
from naeum.errors import InputError, NotApplicable
from naeum.measure.noise import JUDGEABLE_ROWS, judge, out_of_fold
from naeum.model.around.through import Through
from naeum.values import Choice, Real, setting

WAYS = ("drop", "relabel", "weight")
FOLDS = 4  # each judge sees three quarters of the rows; more folds cost more and change the ranking little
LEAST_WEIGHT = 0.2  # of a suspected row, times its own: little, but not nothing, as judges err too
LEAST_LEFT = JUDGEABLE_ROWS  # rows of a class that stay as they are, so that no class is emptied
JUDGE_SHARE = 0.1  # of the time left, for each judge: all together take a third at most


@dataclass(frozen=True)
class Cleaned:
    """`inner` fitted on fit rows of which those with a suspected label were changed; tune stays as it is.

    A row is suspected when a judge that did not see it, or its group, confidently counts it for another class.

    Args:
        inner: the learner.
        how: suspected rows are left out ("drop"), given the class they count for ("relabel") or count less ("weight").
        judge: a cheap learner, fitted once a fold without tune rows; None for TF-IDF with logistic regression.
        folds: how many; fewer where there are fewer groups.
        most: the largest share of the labelled rows that may be changed; the most suspicious are.

    Raises:
        InputError: the way is unknown or a number is out of its range.

    Example:
        >>> from naeum.model.floor import Majority
        >>> Cleaned(Majority(), how="relabel").most
        0.05
    """

    inner: Any = None
    how: str = setting("drop", Choice(WAYS))
    judge: Any = None
    folds: int = FOLDS
    most: float = setting(0.05, Real(0.01, 0.2, log=True))

    kind: ClassVar[str] = "cleaned"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})

    def __post_init__(self) -> None:
        if self.how not in WAYS:
            raise InputError(f"how must be one of {', '.join(WAYS)}; got {self.how!r}; correct its name")
        if self.folds < 2 or not 0 < self.most <= 0.5:
            raise InputError(
                f"folds must be 2 or more and most above 0 and at most 0.5; got {self.folds} and {self.most}; "
                "leave them out to use the defaults"
            )

    @property
    def rows_factor(self) -> float:
        """The inner learner learns from nearly as many rows, but from other ones."""
        return 1.0

    @property
    def besides(self) -> tuple[tuple[Any, float], ...]:
        """The judge, and how many passes over the rows its fits are: what time is forecast by."""
        return ((self.judge or _judge(), self.folds - 1.0),)

    def fit(self, parts: Parts, run: Run) -> Through:
        """Judge the fit rows, change the suspected ones, and fit the inner learner."""
        at, better = _suspects(self, parts, run)
        run.report(self.folds, self.folds, None, f"{len(at):,} of {len(parts.fit):,} labels look wrong")
        fit = cleaned(parts.fit, self.how, at, better) if len(at) else parts.fit
        return Through(run.fit(self.inner, Parts(fit, parts.tune)))


def cleaned(data: Dataset, how: str, at: Ints, better: Ints) -> Dataset:
    """`data` with the rows at positions `at` left out, given the classes `better`, or a fraction of their weight.

    Example:
        >>> from naeum.testing.data import make
        >>> cleaned(make(4), "relabel", np.array([0]), np.array([1])).target.tolist()
        [1, 1, 0, 1]
    """
    key = values.digest(values.canonical([data.key, "cleaned", how, data.ids[at].tolist(), better.tolist()]))
    if how == "drop":
        return subset(data, sets.rest(len(data), at), key)
    if how == "weight":
        weight = data.weight.copy()
        weight[at] *= LEAST_WEIGHT
        return replace(data, weight=weight, key=key)
    target, soft = data.target.copy(), None if data.soft is None else data.soft.copy()
    target[at] = better
    if soft is not None:
        soft[at] = np.eye(soft.shape[1], dtype=np.float32)[better]
    return replace(data, target=target, soft=soft, key=key)


def _suspects(learner: Cleaned, parts: Parts, run: Run) -> tuple[Ints, Ints]:
    """(positions in fit, classes they count for) of the rows to change; none where nothing can be judged."""
    data, none = parts.fit, np.empty(0, np.int64)
    nothing = subset(parts.tune, none, "no rows")  # a judge decides nothing by looking at tune
    by = learner.judge or _judge()
    known = np.flatnonzero(data.target >= 0)
    folds = min(learner.folds, len(sets.unique(data.group[known])))

    def fit_predict(learn: Dataset, held: Dataset) -> Outputs:
        return run.fit(by, Parts(learn, nothing), share=JUDGE_SHARE).predict(held.rows)

    if folds < 2:
        return none, none
    try:
        found = judge(out_of_fold(fit_predict, data, folds=folds, seed=run.seed), data)
    except NotApplicable:
        return none, none
    off = np.flatnonzero((found.assigned >= 0) & (found.assigned != found.given))
    off = off[np.lexsort((data.ids[found.rows[off]], found.margin[off]))]  # the most suspicious first
    off = _leaving(off, found.given, LEAST_LEFT)[: int(learner.most * len(known))]
    return found.rows[off], found.assigned[off]


def _leaving(off: Ints, given: Ints, least: int) -> Ints:
    """Those of `off`, in their order, that can be changed while `least` rows of every class stay."""
    sizes = np.bincount(given)
    order = np.argsort(given[off], kind="stable")
    classes, first = np.unique(given[off][order], return_index=True)
    rank = np.empty(len(off), np.int64)  # of a suspect among those of its class
    rank[order] = np.arange(len(off)) - first[np.searchsorted(classes, given[off][order])]
    return off[rank < sizes[given[off]] - least]


def _judge() -> Any:
    from naeum.model.text.linear import TfidfLogistic

    return TfidfLogistic()
