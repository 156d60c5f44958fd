"""What would more data bring? The learning curve of a cheap learner.

The error falls with the number of rows n as error(n) = a + b n^-c: `a` is what no amount of data takes away (the
asymptote). It is fitted by weighted least squares under 0 <= a, 0 <= b and bounds on c; the interval comes from a
bootstrap over the scored rows (the same rows at every size, so their luck cancels) and over the drawn subsets.

References:
    Cortes, Jackel, Solla, Vapnik & Denker 1994, "Learning curves: asymptotic values and rate of convergence".
    Hestness et al. 2017, "Deep learning scaling is predictable, empirically".
    Viering & Loog 2021, "The shape of learning curves: a review" (and when a power law misleads).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Ints
from naeum.data.strata import strata
from naeum.diagnose.rates import Rate, quantiles
from naeum.errors import InputError, NotApplicable

Doubles = npt.NDArray[np.float64]
FitAndScore = Callable[[int, int], npt.NDArray[Any]]  # (size, seed) -> error of every scored row, in [0, 1]

SIZES = 6  # n/32 … n: five doublings show the bend; more cost more than they tell
LEAST_SIZES = 4  # three numbers are fitted; a fourth size is the first that could contradict them
LEAST_ROWS_A_CLASS = 2  # below it a class is often absent from a subset, and the curve would show that instead
LEAST_ROWS = 32  # the smallest subset worth a fit
EXPONENTS = (0.05, 2.0)  # bounds of c: Hestness et al. measure 0.07–0.35; theory gives 0.5 and 1; 2 leaves room
RESAMPLES = 400  # bootstrap resamples: the ends of a 95 % interval are then known to about 1 % of coverage
GRID = 120  # exponents tried in the first pass
FINER = 21  # and between the two neighbours of the best one, in each of
FINER_PASSES = 2  # passes: c is then exact to 0.03 %


@dataclass(frozen=True)
class Law:
    """error(n) = a + b n^-c."""

    a: float
    b: float
    c: float

    def at(self, rows: float) -> float:
        """The error with `rows` rows.

        Example:
            >>> round(Law(0.1, 2.0, 0.5).at(400), 3)
            0.2
        """
        return self.a + self.b * math.pow(rows, -self.c)


@dataclass(frozen=True)
class LearningCurve:
    """Measured errors, the law through them, and what it says about more data."""

    sizes: tuple[int, ...]
    errors: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    a: float
    b: float
    c: float
    rows: int  # of fit, now
    asymptote: float
    asymptote_low: float
    asymptote_high: float
    at_double: float  # error with twice the rows
    at_double_low: float
    at_double_high: float
    remaining: float  # asymptote / error now: the share of the error that more data does not take away
    remaining_low: float
    remaining_high: float

    @property
    def law(self) -> Law:
        return Law(self.a, self.b, self.c)

    def to_json(self) -> dict[str, Any]:
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def sizes_for(rows: int, classes: int) -> tuple[int, ...]:
    """The subset sizes to fit at: halved from `rows` down, smallest first.

    Raises:
        NotApplicable: the rows are too few for a curve.

    Example:
        >>> sizes_for(6400, 2)
        (200, 400, 800, 1600, 3200, 6400)
    """
    least = max(LEAST_ROWS, LEAST_ROWS_A_CLASS * classes)
    sizes = tuple(rows >> step for step in reversed(range(SIZES)) if rows >> step >= least)
    if len(sizes) < LEAST_SIZES:
        raise NotApplicable(
            f"a learning curve needs {least * 2 ** (LEAST_SIZES - 1)} labelled rows for {classes} classes; got {rows}"
        )
    return sizes


def nested(dataset: Dataset, size: int, seed: int) -> Ints:
    """Positions of about `size` labelled rows: stratified, groups whole, and holding every smaller draw of this seed.

    Every group gets a place in [0, 1): how much of its class stands before it in a random order. The first groups by
    that place have the class mix of the whole.
    """
    rng = np.random.default_rng(seed)
    known = np.flatnonzero(dataset.target >= 0)
    groups, first, member, counts = np.unique(
        dataset.group[known], return_index=True, return_inverse=True, return_counts=True
    )
    label = strata(dataset)[known][first]  # a group counts for the sort of its first row
    order = np.lexsort((rng.random(len(groups)), label))
    before = np.cumsum(counts[order]) - counts[order]
    starts = np.searchsorted(label[order], label[order], side="left")
    within = before - before[starts]
    totals = np.bincount(label, weights=counts)[label[order]]
    place = np.empty(len(groups))
    place[order] = (within + rng.random(len(groups)) * counts[order]) / totals
    in_turn = np.argsort(place, kind="stable")
    taken = in_turn[: max(int(np.searchsorted(np.cumsum(counts[in_turn]), size, side="right")), 1)]
    chosen = np.zeros(len(groups), bool)
    chosen[taken] = True
    return np.asarray(known[chosen[member]], np.int64)


def power_law(sizes: Sequence[int], errors: Sequence[float], weights: Sequence[float] | None = None) -> Law:
    """The weighted least-squares power law through errors at sizes, with a, b >= 0 and c in EXPONENTS.

    Args:
        sizes: rows, each at least 1.
        errors: one a size.
        weights: one a size, 1 / variance of the error; equal when None.

    Raises:
        InputError: fewer than three sizes, or not one error a size.

    Example:
        >>> law = power_law([100, 200, 400, 800], [0.1 + 2 / n**0.5 for n in (100, 200, 400, 800)])
        >>> round(law.a, 3), round(law.b, 2), round(law.c, 3)
        (0.1, 2.0, 0.5)
    """
    if len(set(sizes)) < 3 or len(sizes) != len(errors):
        raise InputError(
            f"a power law needs an error at three sizes or more; got {len(set(sizes))} sizes and {len(errors)} errors;"
            " fit at more sizes"
        )
    given = np.ones(len(sizes)) if weights is None else np.asarray(weights, np.float64)
    a, b, c = _fit(np.asarray(sizes, np.float64), np.asarray(errors, np.float64)[None], given)
    return Law(float(a[0]), float(b[0]), float(c[0]))


def learning_curve(
    fit_and_score: FitAndScore, sizes: Sequence[int], *, rows: int | None = None, repeats: int = 2, seed: int = 0
) -> LearningCurve:
    """Fit at every size, and say what the errors mean.

    Args:
        fit_and_score: (size, seed) -> error of each held-out row in [0, 1]; the same rows in the same order each time.
            Draw the subset with `nested(dataset, size, seed)`.
        sizes: from `sizes_for`, increasing.
        rows: of fit, now; the largest size when None.
        repeats: subsets a size; the largest size is fitted once, for there is nothing to draw.
        seed: of the subsets and of the bootstrap.

    Raises:
        InputError: too few sizes, or the errors are of different rows.
    """
    drawn = [
        np.stack(
            [
                np.asarray(fit_and_score(size, seed + repeat), np.float64)
                for repeat in range(repeats if size < max(sizes) else 1)
            ]
        )
        for size in sizes
    ]  # a size: (repeats, scored rows)
    if len({each.shape[1] for each in drawn}) != 1:
        counts = sorted({each.shape[1] for each in drawn})
        raise InputError(f"every size must be scored on the same rows; got {counts} rows; score one held-out part")
    errors = np.array([each.mean() for each in drawn])
    again = _resampled(drawn, np.random.default_rng(seed))  # (RESAMPLES, sizes)
    weights = 1 / np.maximum(again.var(axis=0), 1e-8)
    now = float(max(sizes) if rows is None else rows)
    law = power_law(sizes, errors.tolist(), weights.tolist())
    a, b, c = _fit(np.asarray(sizes, np.float64), again, weights)
    here, twice = a + b * now**-c, a + b * (2 * now) ** -c
    asymptote, double = quantiles(a, law.a), quantiles(twice, law.at(2 * now))
    remaining = quantiles(a / np.maximum(here, 1e-12), law.a / max(law.at(now), 1e-12))
    ends = [quantiles(again[:, index], float(error)) for index, error in enumerate(errors)]
    return _curve(sizes, ends, law, int(now), (asymptote, double, remaining))


def _curve(
    sizes: Sequence[int], ends: Sequence[Rate], law: Law, rows: int, said: tuple[Rate, Rate, Rate]
) -> LearningCurve:
    asymptote, double, remaining = said
    return LearningCurve(
        sizes=tuple(int(size) for size in sizes),
        errors=tuple(end.value for end in ends),
        lows=tuple(end.low for end in ends),
        highs=tuple(end.high for end in ends),
        a=law.a,
        b=law.b,
        c=law.c,
        rows=rows,
        asymptote=asymptote.value,
        asymptote_low=asymptote.low,
        asymptote_high=asymptote.high,
        at_double=double.value,
        at_double_low=double.low,
        at_double_high=double.high,
        remaining=remaining.value,
        remaining_low=remaining.low,
        remaining_high=remaining.high,
    )


def _resampled(drawn: Sequence[npt.NDArray[Any]], rng: np.random.Generator) -> Doubles:
    """(RESAMPLES, sizes) mean errors; scored rows are drawn once for all sizes, subsets a size on their own."""
    rows = drawn[0].shape[1]
    means = np.empty((RESAMPLES, len(drawn)))
    for index in range(RESAMPLES):
        at = rng.integers(rows, size=rows)
        for column, each in enumerate(drawn):
            means[index, column] = each[rng.integers(len(each), size=len(each))][:, at].mean()
    return means


def _fit(sizes: Doubles, errors: Doubles, weights: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """a, b, c of every row of errors (curves, sizes): a grid over c, within it the exact constrained solution."""
    low, high = np.log(EXPONENTS)
    tried = np.broadcast_to(np.exp(np.linspace(low, high, GRID)), (len(errors), GRID))
    step = (high - low) / (GRID - 1)
    for _ in range(FINER_PASSES):
        best = np.log(_solve(sizes, errors, weights, tried)[2])
        tried = np.exp(np.clip(best[:, None] + np.linspace(-step, step, FINER), low, high))
        step *= 2 / (FINER - 1)
    a, b, c = _solve(sizes, errors, weights, tried)
    return a, b * sizes.max() ** c, c


def _solve(sizes: Doubles, errors: Doubles, weights: Doubles, c: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """The best of the exponents c (curves, exponents) for each curve; sizes count in units of the largest."""
    share = weights / weights.sum()
    x = (sizes / sizes.max()) ** -c[..., None]  # (curves, exponents, sizes)
    y = errors[:, None, :]
    mean_x, mean_y = (share * x).sum(-1), (share * y).sum(-1)
    spread = (share * (x - mean_x[..., None]) ** 2).sum(-1)
    slope = (share * (x - mean_x[..., None]) * (y - mean_y[..., None])).sum(-1) / np.maximum(spread, 1e-300)
    through_zero = (share * x * y).sum(-1) / (share * x * x).sum(-1)  # the best slope where a would fall below 0
    b = np.maximum(slope, 0.0)
    a = mean_y - b * mean_x
    b = np.where(a < 0, np.maximum(through_zero, 0.0), b)
    a = np.maximum(a, 0.0)
    loss = (share * (y - a[..., None] - b[..., None] * x) ** 2).sum(-1)
    at = (np.arange(len(errors)), loss.argmin(axis=1))
    return a[at], b[at], c[at]
