"""How strongly do two columns go together?

Numbers: Pearson, Spearman. Categories: Cramér's V without its bias. Numbers by category: the correlation ratio.
Anything with a target: mutual information in bits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Ints

Matrix = npt.NDArray[np.float64]
LEAST_PAIRS = 10  # rows that have both values: with fewer a coefficient says nothing


def pearson(values: Matrix) -> Matrix:
    """(columns, columns) correlation of (rows, columns) numbers, over the rows where both are there (not NaN).

    Example:
        >>> pearson(np.array([[1.0, 2.0], [2.0, 4.1], [3.0, 6.0]] * 4))[0, 1].round(3)
        np.float64(1.0)
    """
    there = np.isfinite(values)
    scale = np.nanstd(np.where(there, values, np.nan), axis=0) if len(values) else np.ones(values.shape[1])
    centre = np.nanmean(np.where(there, values, np.nan), axis=0) if len(values) else np.zeros(values.shape[1])
    x = np.where(there, (values - centre) / np.where(scale > 0, scale, 1), 0.0)
    m = there.astype(np.float64)
    n, sums, squares = m.T @ m, x.T @ m, (x * x).T @ m  # over the rows that the other column has, too
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = x.T @ x / n - (sums / n) * (sums.T / n)
        variance = squares / n - (sums / n) ** 2
        found = covariance / np.sqrt(variance * variance.T)
    found[(n < LEAST_PAIRS) | (variance <= 1e-12) | (variance.T <= 1e-12)] = np.nan
    return np.asarray(np.clip(found, -1, 1), np.float64)


def spearman(values: Matrix) -> Matrix:
    """(columns, columns) rank correlation; ranks are taken within each column (Spearman 1904)."""
    from scipy.stats import rankdata

    ranks = np.full(values.shape, np.nan)
    for at in range(values.shape[1]):
        there = np.isfinite(values[:, at])
        ranks[there, at] = rankdata(values[there, at])
    return pearson(ranks)


def contingency(one: Ints, other: Ints) -> Matrix:
    """(values of one, values of other) rows in which both stand; codes below 0 are missing."""
    both = (one >= 0) & (other >= 0)
    rows, columns = int(one.max(initial=-1)) + 1, int(other.max(initial=-1)) + 1
    counted = np.bincount(one[both] * max(columns, 1) + other[both], minlength=rows * columns)
    return counted.reshape(rows, columns).astype(np.float64)


def cramers_v(one: Ints, other: Ints) -> float:
    """Association of two categories from 0 to 1, without the bias of many values (Bergsma 2013); NaN if none.

    Example:
        >>> codes = np.arange(100) % 2
        >>> round(cramers_v(codes, codes), 2), round(cramers_v(codes, np.arange(100) // 2 % 2), 2)
        (1.0, 0.0)
    """
    table = contingency(one, other)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = table.sum()
    if n < LEAST_PAIRS or min(table.shape) < 2:
        return float("nan")
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    phi2 = float(((table - expected) ** 2 / expected).sum() / n)
    rows, columns = table.shape
    phi2 = max(0.0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    rows, columns = rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)
    return float(min(np.sqrt(phi2 / max(min(rows, columns) - 1, 1e-12)), 1.0))


def correlation_ratio(codes: Ints, numbers: npt.NDArray[np.float64]) -> float:
    """η²: the share of the variance of numbers that lies between categories (Fisher 1925); NaN where there is none.

    Example:
        >>> correlation_ratio(np.array([0, 0, 1, 1] * 5), np.array([1.0, 1.0, 3.0, 3.0] * 5))
        1.0
    """
    there = (codes >= 0) & np.isfinite(numbers)
    codes, numbers = codes[there], numbers[there]
    if len(codes) < LEAST_PAIRS or numbers.var() <= 0:
        return float("nan")
    counts = np.bincount(codes)
    sums = np.bincount(codes, numbers)
    means = sums / np.maximum(counts, 1)
    between = float((counts * (means - numbers.mean()) ** 2).sum())
    return min(between / float(((numbers - numbers.mean()) ** 2).sum()), 1.0)


def mutual_information(one: Ints, other: Ints) -> float:
    """Bits that one column tells of the other, less what chance alone would tell (Miller 1955); missing is a value.

    Example:
        >>> codes = np.arange(1000) % 2
        >>> round(mutual_information(codes, codes), 2)
        1.0
    """
    table = contingency(one + 1, other + 1)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = table.sum()
    if n == 0:
        return 0.0
    joint = table / n
    outer = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    there = joint > 0
    raw = float((joint[there] * np.log2(joint[there] / outer[there])).sum())
    bias = (table.shape[0] - 1) * (table.shape[1] - 1) / (2 * n * np.log(2))
    return float(max(raw - bias, 0.0))


def entropy(codes: Ints) -> float:
    """Bits of a column of codes; those below 0 are left out."""
    counts = np.bincount(codes[codes >= 0])
    shares = counts[counts > 0] / max(counts.sum(), 1)
    return float(-(shares * np.log2(shares)).sum())


def binned(numbers: npt.NDArray[np.float64], bins: int) -> Ints:
    """Codes of numbers in bins of equally many rows; -1 where there is none; equal numbers stay together.

    Example:
        >>> binned(np.array([5.0, 1.0, np.nan, 3.0]), 2).tolist()
        [1, 0, -1, 0]
    """
    there = np.isfinite(numbers)
    codes = np.full(len(numbers), -1, np.int64)
    if there.any():
        edges = sets.unique(np.quantile(numbers[there], np.linspace(0, 1, bins + 1)[1:-1]))
        codes[there] = np.searchsorted(edges, numbers[there], side="left")
    return codes
