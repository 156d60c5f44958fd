"""Does the mean of several fits, each on a part of the rows and stopped on the others, answer better than one fit?

Each row is left out of one fit, which decides by looking at it what it would decide on tune: when to stop, how freely
to follow the rows. So no labelled row is lost for that, and the mean of the fits varies less than each.

References:
    Breiman 1996, "Bagging predictors".
    Parmanto, Munro & Doyle 1996, "Improving committee diagnosis with resampling techniques" (folds in place of draws).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import REAL, Dataset, InputKind, Ints, OutputKind, Parts, Run, Shape, subset
from naeum.data.strata import strata
from naeum.errors import InputError
from naeum.measure.noise import fold_of
from naeum.model.around.blend import Pool
from naeum.model.claims import ALL, EVERY

LEAST_FOLDS = 2
SPARE = 1.5  # a fit is begun only while so many times what the last one took is left


@dataclass(frozen=True)
class Bagged:
    """`inner` fitted once a fold on the rows of all other folds; the mean of the fits answers.

    Args:
        inner: the learner.
        folds: how many fits; fewer where there are fewer groups of rows.

    Raises:
        InputError: fewer than two folds.

    Example:
        >>> from naeum.model.floor import Majority
        >>> Bagged(Majority(), folds=4).rows_factor
        3.0
    """

    inner: Any = None
    folds: int = 5

    kind: ClassVar[str] = "bagged"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if self.folds < LEAST_FOLDS:
            raise InputError(f"folds must be {LEAST_FOLDS} or more; got {self.folds}; 5 is usual")

    @property
    def rows_factor(self) -> float:
        """How many times its own rows the inner learner learns from, in all fits."""
        return self.folds - 1.0

    def fit(self, parts: Parts, run: Run) -> Bag:
        """Fit the inner learner once a fold, as long as there is time; the first fit is always made."""
        data, members = parts.fit, []
        folds = min(self.folds, len(sets.unique(data.group[data.target >= 0])))
        if folds < LEAST_FOLDS:
            return _bag(parts, [run.fit(self.inner, parts)])
        places = _dealt(data, folds, run.seed)
        for at in range(folds):
            begun = run.seconds_left()
            name = f"{data.key}/bag{folds}.{run.seed}.{at}"
            learn = subset(data, np.flatnonzero((places != at) & (places >= 0)), f"{name}/learn")
            held = subset(data, np.flatnonzero((places == at) & (data.origin == REAL)), f"{name}/held")
            members.append(run.fit(self.inner, Parts(learn, held), share=1 / (folds - at)))
            run.report(at + 1, folds, None, f"{at + 1} of {folds} fits")
            if run.seconds_left() < SPARE * (begun - run.seconds_left()):
                break
        return _bag(parts, members)


@dataclass(frozen=True, eq=False)
class Bag(Pool):
    """The fits; each counts the same."""

    kind: ClassVar[str] = "bagged"
    version: ClassVar[int] = 1

    def decided(self, learner: Any) -> Any:
        """The learner as it is: it never looks at tune, but at rows of its own."""
        return learner


def _dealt(data: Dataset, folds: int, seed: int) -> Ints:
    """(rows,) the fold of each labelled row: every class, decile of a number or rare label spread evenly."""
    sorts = strata(data)
    names = tuple(str(at) for at in range(int(sorts.max(initial=0)) + 1))
    return fold_of(replace(data, task=replace(data.task, classes=names), target=sorts), folds=folds, seed=seed)


def _bag(parts: Parts, members: list[Any]) -> Bag:
    share = 1.0 / len(members)
    return Bag(parts.fit.task, tuple(members), (share,) * len(members), tuple(range(len(members))))
