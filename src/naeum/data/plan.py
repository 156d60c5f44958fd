"""How many rows does each part get, and are the data cut once or folded?

The sizes of the protocol: test 10 % (≤ 10,000), select 10 % (≤ 5,000), tune 10 % (≤ 2,000) of the labelled rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from naeum.contract import Dataset, Ints, Parts
from naeum.data.cut import Units, cut, folds, units
from naeum.data.parts import Data, joined, part
from naeum.data.strata import strata
from naeum.errors import InputError

Regime = Literal["parts", "folds", "nested"]

SHARES = {"test": 0.1, "select": 0.1, "tune": 0.1}  # of the labelled rows
MOST = {"test": 10_000, "select": 5_000, "tune": 2_000}  # rows; more narrows an interval by less than it costs to learn
SMALL_ROWS = 5_000  # below, a tenth has an interval wider than most gains: folds
SMALL_CLASS = 20  # rows of the smallest class; below, a tenth would hold none or one
SMALL_CLASS_ROWS = 20_000  # from here on one rare class does not make everything be fitted five times
SMALL_TEST = 0.2
TINY_ROWS = 500  # below, a test part of 100 rows says ± 10 points: nested cross-validation instead
FOLDS = 5


@dataclass(frozen=True)
class Cut:
    """The parts of one data set; `folds` where it was folded."""

    parts: Parts
    select: Dataset
    test: Dataset | None
    folds: tuple[tuple[Parts, Dataset], ...] = ()


@dataclass(frozen=True, eq=False)
class Plan:
    """How one data set is cut.

    Args:
        data: what is cut.
        rows: positions of its labelled rows.
        groups: (labelled rows,) equal for rows that stay together.
        names: (all rows,) the number of each row's group in the parts that are made.
        seed: of the cut.
        test_is_settled: a test part is given, or none is wanted.
    """

    data: Data
    rows: Ints
    groups: Ints
    names: Ints
    seed: int
    test_is_settled: bool

    def regime(self, valid_is_given: bool, test_is_given: bool) -> Regime:
        """Whether one cut is enough."""
        count = len(self.rows)
        single = self.data.dataset.task.output == "label"
        least = int(np.bincount(self.data.dataset.target[self.rows]).min()) if single else count
        if valid_is_given:
            return "parts"
        if self.data.folds is not None:
            return "folds"
        if count < TINY_ROWS and not test_is_given:
            return "nested"
        return "folds" if count < SMALL_ROWS or (least < SMALL_CLASS and count < SMALL_CLASS_ROWS) else "parts"

    def notes(self, regime: Regime) -> list[str]:
        """Why there are folds."""
        count = len(self.rows)
        if regime == "parts":
            return []
        if self.data.folds is not None:
            return ["the folds are those of the folds column; no test part is cut from them (give one with --test)"]
        if regime == "nested":
            return [f"{count} labelled rows are too few for a test part (under {TINY_ROWS}): {FOLDS} folds are scored"]
        why = f"under {SMALL_ROWS}" if count < SMALL_ROWS else f"a class of under {SMALL_CLASS}"
        return [f"{count} labelled rows ({why}): tune and select are {FOLDS} folds"]

    def in_parts(self, valid: Dataset | None) -> Cut:
        """One cut: fit, tune, and select and test where they are not given."""
        count = len(self.rows)
        wanted = ["tune"]
        if valid is None:
            wanted.insert(0, "select")
        if not self.test_is_settled and count >= TINY_ROWS:
            wanted.insert(0, "test")
        found = self._cut(np.arange(count), {name: self._share(name, count) for name in wanted})
        parts = Parts(found["fit"], found["tune"])
        return Cut(parts, found["select"] if valid is None else valid, found.get("test"))

    def in_folds(self, regime: Regime) -> Cut:
        """Folds over all rows that are not test."""
        inside = np.arange(len(self.rows))
        test = None
        if regime == "folds" and self.data.folds is None and not self.test_is_settled:
            groups = self._units(inside)
            chosen = cut(groups, (SMALL_TEST,), (MOST["test"],), self.seed)[groups.of]
            test, inside = self._dataset(inside[chosen == 0]), inside[chosen != 0]
            if not len(test) or not len(inside):
                raise _too_few("test")
        fold = self._fold_of(inside)
        pieces = []
        for k in range(int(fold.max()) + 1):
            scored, learned = inside[fold == k], inside[fold != k]
            if not len(scored) or not len(learned):
                raise _too_few("the folds")
            pieces.append((self._fit_and_tune(learned), self._dataset(scored)))
        select = joined(tuple(dataset for _, dataset in pieces))
        return Cut(self._fit_and_tune(inside), select, test, tuple(pieces))

    def _share(self, name: str, count: int) -> float:
        share = SMALL_TEST if name == "test" and count < SMALL_ROWS else SHARES[name]
        return min(share, MOST[name] / count)

    def _fold_of(self, inside: Ints) -> Ints:
        """(inside,) the fold of each row."""
        if self.data.folds is not None:
            _, fold = np.unique(self.data.folds[self.rows[inside]], return_inverse=True)
            return np.asarray(fold, np.int64)
        groups = self._units(inside, by_time=False)
        return np.asarray(folds(groups, FOLDS, self.seed)[groups.of], np.int64)

    def _fit_and_tune(self, inside: Ints) -> Parts:
        found = self._cut(inside, {"tune": self._share("tune", len(inside))})
        return Parts(found["fit"], found["tune"])

    def _cut(self, inside: Ints, wanted: Mapping[str, float]) -> dict[str, Dataset]:
        """The rows at positions `inside` (of self.rows) in parts of these shares, and fit."""
        groups = self._units(inside)
        chosen = cut(groups, list(wanted.values()), [MOST[name] for name in wanted], self.seed)[groups.of]
        found = {}
        for at, name in enumerate((*wanted, "fit")):
            where = inside[chosen == at]
            if not len(where) and (name != "tune" or len(inside) >= TINY_ROWS):  # tune may be empty
                raise _too_few(name)
            found[name] = self._dataset(where)
        return found

    @cached_property
    def _strata(self) -> Ints:
        return strata(self.data.dataset)

    def _units(self, inside: Ints, by_time: bool = True) -> Units:
        at = self.rows[inside]
        when = self.data.time[at] if by_time and self.data.time is not None else None
        return units(self.groups[inside], self.data.dataset.ids[at], self._strata[at], when)

    def _dataset(self, inside: Ints) -> Dataset:
        return part(self.data.dataset, self.rows[inside], group=self.names)


def _too_few(name: str) -> InputError:
    return InputError(
        f"there must be enough distinct groups of rows to fill {name}; near duplicates or the group column leave too "
        f"few; "
        f"add rows, or leave --group or --folds out"
    )
