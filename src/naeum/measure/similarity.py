"""How alike are rows, columns or texts, and which rows are nearest to one?

Cosine, Pearson and Jaccard are similarities: 1 is the same. Euclidean and Manhattan are distances: 0 is the same.

References:
    Jaccard 1912, "The distribution of the flora in the alpine zone" (shared values over all values that are not 0).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.errors import InputError

BLOCK = 256  # rows compared at a time where a difference of each pair is held: 256 × 1,000 × 100 floats are 100 MB
NEAREST = 10

Vectors = npt.NDArray[np.floating[Any]]


def similarity(data: Any, other: Any = None, how: str = "cosine", axis: str = "rows") -> Floats:
    """(rows, rows) how alike every row of `data` is to every row of `other`, or to the rows of `data` itself.

    Args:
        data: an array (rows, width), a list of texts, or a table (see measure.coordinates).
        other: the same form and width; texts, arrays and tables are not mixed.
        how: one of HOWS.
        axis: "rows", or "columns" for how alike the columns of numbers are.

    Raises:
        InputError: the measure is unknown, or the two do not fit together.

    Example:
        >>> similarity([[1, 0], [3, 4]], how="cosine").astype(float).round(2).tolist()
        [[1.0, 0.6], [0.6, 1.0]]
        >>> bool(similarity(["배송이 늦어요", "배송이 늦었어요", "환불"])[0, 1] > 0.4)
        True
    """
    from naeum.measure.coordinates import coordinates

    measure = _measure(how)
    if axis not in ("rows", "columns"):
        raise InputError(f"axis must be rows or columns; got {axis!r}; name one of these")
    one, two = coordinates(data, other, sets=how == "jaccard", columns=axis == "columns")
    return np.asarray(measure(one, two), np.float32)


def nearest(query: Any, data: Any, k: int = NEAREST, how: str = "cosine") -> tuple[Ints, Floats]:
    """(queries, k) places of the nearest rows of `data`, and how alike they are; the nearest first.

    Example:
        >>> places, scores = nearest([[1.0, 0.1]], [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], k=2)
        >>> places.tolist(), scores.astype(float).round(2).tolist()
        ([[1, 2]], [[1.0, 0.77]])
    """
    if k < 1:
        raise InputError(f"k must be 1 or more; got {k}; 10 is usual")
    return ranked(similarity(query, data, how), k, how)


def ranked(scores: Floats, k: int, how: str) -> tuple[Ints, Floats]:
    """The k best of each row of scores, the best first; ties in the order of the data."""
    sign = -1.0 if is_distance(how) else 1.0
    k = min(k, scores.shape[1])
    order = np.argsort(-sign * scores, axis=1, kind="stable")[:, :k]
    return order.astype(np.int64), np.take_along_axis(scores, order, axis=1)


def is_distance(how: str) -> bool:
    """Whether less is more alike."""
    return how in ("euclidean", "manhattan")


def cosine(one: Any, other: Any) -> Floats:
    """The cosine of the angle between vectors; 0 where one of them is all zeros. Sparse or dense."""
    return _dense(_unit(one) @ _unit(other).T)


def pearson(one: Vectors, other: Vectors) -> Floats:
    """The correlation of vectors; 0 where one of them is constant."""
    a, b = _plain(one), _plain(other)
    return cosine(a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True))


def euclidean(one: Any, other: Any) -> Floats:
    """The straight distance of vectors; summed pair by pair, so that equal ones are at 0 exactly."""
    return _by_blocks(one, other, lambda apart: np.sqrt((apart**2).sum(axis=2)))


def manhattan(one: Any, other: Any) -> Floats:
    """The sum of the distances in each coordinate."""
    return _by_blocks(one, other, lambda apart: np.abs(apart).sum(axis=2))


def jaccard(one: Any, other: Any) -> Floats:
    """Shared coordinates that are not 0 over all that are; 1 where neither has any. Sparse or dense."""
    a, b = _there(one), _there(other)
    both = _dense(a @ b.T)
    every = np.asarray(a.sum(axis=1)).reshape(-1, 1) + np.asarray(b.sum(axis=1)).reshape(1, -1) - both
    return np.where(every > 0, both / np.maximum(every, 1), 1.0).astype(np.float32)


HOWS: dict[str, Callable[[Any, Any], Floats]] = {
    "cosine": cosine, "pearson": pearson, "jaccard": jaccard, "euclidean": euclidean, "manhattan": manhattan,
}  # fmt: skip


def _measure(how: str) -> Callable[[Any, Any], Floats]:
    if how not in HOWS:
        raise InputError(f"how must be one of {', '.join(HOWS)}; got {how!r}; correct its name")
    return HOWS[how]


def _unit(vectors: Any) -> Any:
    if not isinstance(vectors, np.ndarray):
        lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)))
        return vectors.multiply(1 / np.maximum(lengths, np.finfo(np.float32).tiny)).tocsr()
    wide = vectors.astype(np.float64)
    return wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), np.finfo(np.float64).tiny)


def _there(vectors: Any) -> Any:
    return (vectors != 0).astype(np.float32)


def _dense(product: Any) -> Floats:
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product, np.float32)


def _plain(vectors: Any) -> Vectors:
    return np.asarray(vectors.toarray() if hasattr(vectors, "toarray") else vectors, np.float64)


def _by_blocks(one: Any, other: Any, apart: Callable[[Vectors], Vectors]) -> Floats:
    a, b = _plain(one), _plain(other)
    made = np.empty((len(a), len(b)), np.float32)
    for row in range(len(a)):
        for start in range(0, len(b), BLOCK):
            made[row, start : start + BLOCK] = apart(b[None, start : start + BLOCK] - a[row])[0]
    return made


__all__: Sequence[str] = ["HOWS", "is_distance", "nearest", "ranked", "similarity"]
