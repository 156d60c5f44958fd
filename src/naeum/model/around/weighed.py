"""Does a learner that knows no class weights answer better when rows of rare classes count more?

Every learner hears the weights of its rows, so classes are balanced there: a row of class k counts as (rows / (classes
x rows of k)) to the power of `strength`. At 1 every class has the same weight in all (King & Zeng 2001, "Logistic
regression in rare events data"); at 0.5 rare ones count more, but not as much, which costs frequent ones less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import Dataset, InputKind, OutputKind, Parts, Run, Shape
from naeum.errors import InputError
from naeum.model.around.through import Through
from naeum.model.claims import ALL, LABEL
from naeum.values import Real, setting


@dataclass(frozen=True)
class Weighed:
    """`inner` fitted on rows that count by how rare their class is; tune stays as it is.

    Args:
        inner: the learner.
        strength: 0 leaves the weights, 1 gives every class the same weight in all.

    Raises:
        InputError: the strength is out of its range.

    Example:
        >>> from naeum.model.floor import Majority
        >>> Weighed(Majority()).strength
        1.0
    """

    inner: Any = None
    strength: float = setting(1.0, Real(0.25, 1.0))

    kind: ClassVar[str] = "weighed"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = LABEL
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if not 0 < self.strength <= 1:
            raise InputError(f"strength must be above 0 and at most 1; got {self.strength}; 1 balances the classes")

    def fit(self, parts: Parts, run: Run) -> Through:
        """Weigh the rows of fit, and fit the inner learner."""
        return Through(run.fit(self.inner, Parts(weighed(parts.fit, self.strength), parts.tune)))


def weighed(data: Dataset, strength: float) -> Dataset:
    """The rows with weights by their class; the mean weight of those with a class stays.

    Example:
        >>> from naeum.testing.data import make
        >>> rare = replace(make(4), target=np.array([0, 0, 0, 1]))
        >>> weighed(rare, 1.0).weight.astype(float).round(2).tolist()
        [0.67, 0.67, 0.67, 2.0]
    """
    known = np.flatnonzero((data.target >= 0) & (data.weight > 0))
    if not len(known):
        return data
    codes, weight = data.target[known], data.weight[known].astype(np.float64)
    mass = np.bincount(codes, weight)
    factors = (mass.sum() / ((mass > 0).sum() * mass[codes])) ** strength
    found = data.weight.copy()
    found[known] = weight * factors * (weight.sum() / (weight * factors).sum())
    key = values.digest(values.canonical([data.key, "weighed", strength]))
    return replace(data, weight=found, key=key)
