"""How large is a share of wrong answers, and how sure is that?

Intervals are 95 %. Sums and products of independent estimates are combined by the method of variance estimates
recovery (MOVER), which keeps the lopsided intervals of shares near 0 and 1.

References:
    Newcombe 1998, "Interval estimation for the difference between independent proportions".
    Zou & Donner 2008, "Construction of confidence limits about effect measures: a general approach".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Outputs
from naeum.errors import InputError
from naeum.measure import bootstrap
from naeum.measure.intervals import wilson
from naeum.measure.judged import ERROR

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rate:
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{percent(self.value)} ({percent(self.low)} to {percent(self.high)})"


def percent(share: float) -> str:
    """A share in words: one decimal, two below 1 %.

    Example:
        >>> percent(0.1234), percent(0.0042), percent(0.0)
        ('12.3 %', '0.42 %', '0 %')
    """
    if abs(share) < 5e-5:
        return "0 %"
    return f"{100 * share:.2f} %" if abs(share) < 0.01 else f"{100 * share:.1f} %"


def share(flags: npt.NDArray[Any]) -> Rate:
    """The share of true flags with Wilson's interval; rows count as independent.

    Raises:
        InputError: there are no rows.

    Example:
        >>> print(share(np.arange(200) < 8))
        4.0 % (2.0 % to 7.7 %)
    """
    if not len(flags):
        raise InputError("a share must be of at least one row; got none; give labelled rows")
    count, rows = np.array([np.count_nonzero(flags)], np.float64), np.array([len(flags)], np.float64)
    low, high = wilson(count, rows)
    value = float(count[0] / rows[0])
    return Rate(value, min(float(low[0]), value), max(float(high[0]), value))


def error(outputs: Outputs, dataset: Dataset, *, seed: int = 0) -> Rate:
    """How wrong the answers are by weight (of one label a row: the share of wrong ones), with the bootstrap interval
    over rows or groups that scores have too.

    Raises:
        InputError: the answers do not belong to the rows, or no row is labelled.
    """
    found = bootstrap(ERROR, outputs, dataset, seed=seed)
    return Rate(found.value, found.low, found.high)


def exactly(value: float) -> Rate:
    """A number that is known."""
    return Rate(value, value, value)


def minus(one: Rate, other: Rate) -> Rate:
    """The difference of two independent estimates."""
    value = one.value - other.value
    return Rate(
        value,
        value - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2),
        value + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2),
    )


def times(one: Rate, other: Rate) -> Rate:
    """The product of two independent estimates that are not negative (first order in each)."""
    value = one.value * other.value
    down = sqrt((other.value * (one.value - one.low)) ** 2 + (one.value * (other.value - other.low)) ** 2)
    up = sqrt((other.value * (one.high - one.value)) ** 2 + (one.value * (other.high - other.value)) ** 2)
    return Rate(value, max(value - down, 0.0), value + up)


def quantiles(values: npt.NDArray[Any] | Sequence[float], value: float) -> Rate:
    """The percentile interval of bootstrap `values`, stretched to hold the estimate itself."""
    low, high = np.quantile(np.asarray(values, np.float64), (0.025, 0.975))
    return Rate(value, min(float(low), value), max(float(high), value))


def labelled(dataset: Dataset) -> Bools:
    """(rows,) whether a row has a label."""
    return np.asarray(dataset.target >= 0)


def wrong(outputs: Outputs, dataset: Dataset) -> Bools:
    """(labelled rows,) whether the answer differs from the label.

    Raises:
        InputError: the answers are not those of these rows.
    """
    if len(outputs) != len(dataset):
        raise InputError(
            f"there must be one answer a row; got {len(outputs)} answers to {len(dataset)} rows; predict these rows"
        )
    known = labelled(dataset)
    return np.asarray(outputs.codes[known] != dataset.target[known])
