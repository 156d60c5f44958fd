"""By which columns can two tables be told apart, and by all of them together?

For each column the distance of its two distributions, with the chance of one as large if there were none: for numbers
the test of Kolmogorov and Smirnov, for categories the chi-square test with Cramér's V. All columns together are tried
by boosted trees, out-of-fold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.diagnose.adversary import auroc
from naeum.measure import holm

if TYPE_CHECKING:
    import pyarrow as pa

MOST_VALUES = 50  # distinct values of a category that are compared by themselves; the others count as one
MOST_DISTINCT = 0.5  # share of distinct words from which a column is text or ids, which differ by nature
FOLDS = 3
ROWS = 5_000  # a side that the trees learn from
HEAD, LIKELY = 1_000, 0.5  # cells that are tried first, and share that must be numbers for the others to be tried
RARE = 5  # rows that a cell of the chi-square test is expected to hold at least (Cochran 1954)
TREES = 40  # shallow ones: what tells tables apart shows early


def columns_apart(first: pa.Table, second: pa.Table) -> list[dict[str, Any]]:
    """Every column that both tables have, the most different first.

    Returns:
        a list of {"column", "kind" (number or category), "distance" (in [0, 1]), "p", "p_holm", "missing" (shares of
        the first and of the second)}; columns of texts and ids are left out.

    Example:
        >>> import pyarrow as pa
        >>> one, other = pa.table({"n": list(range(100))}), pa.table({"n": list(range(50, 150))})
        >>> columns_apart(one, other)[0]["distance"]
        0.5
    """
    found = []
    for name in first.column_names:
        if name in second.column_names:
            compared = _compared(first.column(name), second.column(name))
            if compared is not None:
                found.append({"column": name, **compared})
    if not found:
        return []
    adjusted = holm([one["p"] for one in found])
    for one, p in zip(found, adjusted.tolist(), strict=True):
        one["p_holm"] = p
    return sorted(found, key=lambda one: -one["distance"])


def told_by_all(first: pa.Table, second: pa.Table, *, seed: int = 0) -> dict[str, Any] | None:
    """The AUROC of boosted trees on all columns, and the rows of the second most unlike the first.

    Returns:
        auroc, low, high, rows (positions in the second, the most unlike first), weights (column and by how much the
        AUROC drops when its cells are shuffled, largest first); None without a column that can be used.
    """
    from threadpoolctl import threadpool_limits

    shared = [name for name in first.column_names if name in second.column_names]
    coded = [(name, _codes(first.column(name), second.column(name))) for name in shared]
    usable = [(name, cells) for name, cells in coded if cells is not None]
    if not usable:
        return None
    rng = np.random.default_rng(seed)
    sizes = len(first), len(second)
    chosen = [np.sort(rng.permutation(size)[:ROWS]) for size in sizes]
    cells = np.stack([np.concatenate([one[chosen[0]], other[chosen[1]]]) for _, (one, other) in usable], axis=1)
    side = np.repeat([0, 1], [len(rows) for rows in chosen])
    with threadpool_limits(1):  # small trees: threads that wait for one another are slow
        scores, shuffled = _held_out(cells, side, rng, seed)
    area = auroc(scores[side == 1], scores[side == 0])
    drops = [area.value - auroc(each[side == 1], each[side == 0]).value for each in shuffled]
    order = np.argsort(-np.asarray(drops), kind="stable")
    return {
        "auroc": area.value, "low": area.low, "high": area.high,
        "rows": chosen[1][np.argsort(-scores[side == 1], kind="stable")].tolist(),
        "weights": [[usable[at][0], float(drops[at])] for at in order.tolist()],
    }  # fmt: skip


def _held_out(cells: Any, side: Ints, rng: np.random.Generator, seed: int) -> tuple[Any, Any]:
    """(rows,) scores by trees that did not see the row, and (columns, rows) with the cells of one column shuffled."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    fold = rng.permutation(len(side)) % FOLDS
    scores, shuffled = np.zeros(len(side)), np.zeros((cells.shape[1], len(side)))
    for number in range(FOLDS):
        learn, held = fold != number, np.flatnonzero(fold == number)
        model = HistGradientBoostingClassifier(max_iter=TREES, random_state=seed).fit(cells[learn], side[learn])
        scores[held] = model.decision_function(cells[held])
        for at in range(cells.shape[1]):
            other = cells[held].copy()
            other[:, at] = rng.permutation(other[:, at])
            shuffled[at, held] = model.decision_function(other)
    return scores, shuffled


def _compared(one: pa.ChunkedArray[Any], other: pa.ChunkedArray[Any]) -> dict[str, Any] | None:
    from scipy.stats import ks_2samp

    missing = [float(each.null_count / max(len(each), 1)) for each in (one, other)]
    numbers = [_numbers(each) for each in (one, other)]
    if numbers[0] is not None and numbers[1] is not None:
        left, right = (each[np.isfinite(each)] for each in numbers if each is not None)
        if not len(left) or not len(right):
            return None
        test: Any = ks_2samp(left, right, method="asymp")
        return {"kind": "number", "distance": float(test.statistic), "p": float(test.pvalue), "missing": missing}
    codes = _categories(one, other)
    return None if codes is None else {"kind": "category", **_distance(*codes), "missing": missing}


def _distance(one: Ints, other: Ints) -> dict[str, float]:
    """Total variation distance of two code arrays, and the p value of the chi-square test."""
    width = int(max(one.max(initial=0), other.max(initial=0))) + 1
    counts = np.stack([np.bincount(each, minlength=width) for each in (one, other)])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return {"distance": float(np.abs(shares[0] - shares[1]).sum() / 2), "p": chi_square(counts)["p"]}


def chi_square(counts: npt.NDArray[Any]) -> dict[str, float]:
    """Cramér's V and the p value of (2, values) counts; values too rare for the test are put together.

    Example:
        >>> chi_square(np.array([[50, 0], [0, 50]]))["cramer_v"]
        1.0
    """
    from scipy.stats import chi2_contingency

    expected = counts.sum(axis=0) * counts.sum(axis=1).min() / max(counts.sum(), 1)
    rare = expected < RARE
    table = np.column_stack([counts[:, ~rare], counts[:, rare].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2:
        return {"cramer_v": 0.0, "p": 1.0}
    test = chi2_contingency(table, correction=False)
    return {"cramer_v": float(np.sqrt(test.statistic / table.sum())), "p": float(test.pvalue)}


def _codes(one: pa.ChunkedArray[Any], other: pa.ChunkedArray[Any]) -> tuple[Any, Any] | None:
    numbers = _numbers(one), _numbers(other)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0], numbers[1]
    found = _categories(one, other)
    return None if found is None else (found[0].astype(np.float64), found[1].astype(np.float64))


def _categories(one: pa.ChunkedArray[Any], other: pa.ChunkedArray[Any]) -> tuple[Ints, Ints] | None:
    """Codes of the most frequent values, then one for all others, then one for missing; None for text and ids."""
    import pyarrow as pa

    if pa.types.is_nested(one.type) or pa.types.is_binary(one.type):
        return None
    cells = [*one.cast(pa.string()).to_pylist(), *other.cast(pa.string()).to_pylist()]
    values, inverse, counts = np.unique(
        np.asarray(["\0" if cell is None else cell for cell in cells], object), return_inverse=True, return_counts=True
    )
    if len(values) > max(MOST_VALUES, MOST_DISTINCT * len(cells)):
        return None
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(values))
    codes = np.minimum(rank, MOST_VALUES)[inverse]
    return codes[: len(one)], codes[len(one) :]


def _numbers(cells: pa.ChunkedArray[Any]) -> npt.NDArray[np.float64] | None:
    """The cells as numbers, missing as NaN; strings where nine in ten are numbers; None for all else."""
    import pyarrow as pa

    kind = cells.type
    if pa.types.is_temporal(kind):
        return np.asarray(cells.cast(pa.timestamp("ms")).cast(pa.int64()).to_numpy(zero_copy_only=False), np.float64)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return np.asarray(cells.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)
    if not pa.types.is_string(kind) and not pa.types.is_large_string(kind):
        return None
    head = cells.drop_null().slice(0, HEAD).to_pylist()
    if sum(np.isfinite(_number(cell)) for cell in head) < LIKELY * len(head):
        return None  # words: to try every one would take longer than all else
    out = np.array([_number(cell) for cell in cells.to_pylist()], np.float64)
    there = len(cells) - cells.null_count
    return out if there and np.isfinite(out).sum() >= 0.9 * there else None


def _number(cell: str | None) -> float:
    try:
        return float(cell) if cell is not None else float("nan")
    except ValueError:
        return float("nan")
