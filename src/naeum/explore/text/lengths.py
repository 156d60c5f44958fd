"""How long are the texts, how much does a maximum length cut off, and how much of a batch is padding?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Ints
from naeum.engine.batches import by_tokens
from naeum.explore.subject import Subject
from naeum.explore.text.source import texts_of

if TYPE_CHECKING:
    import pyarrow as pa

LIMITS = (32, 64, 128, 256, 512)  # tokens: the maximum lengths that are usual
BATCH = 32  # rows of a batch of fixed size, as training loops usually have
BUDGET = 4_096  # padded tokens of a batch filled by tokens: what naeum's feature pass uses on a CPU
MOST_NAMED = 1_000  # rows that are named
BARS = 30  # of the histogram
WORD = r"\S+"


def look(subject: Subject) -> dict[str, Any] | None:
    """Characters and words of every text; how many texts are empty or stand several times.

    Raises:
        NotApplicable: there is no text column.
    """
    import pyarrow.compute as pc

    arrow: Any = pc
    texts = texts_of(subject)
    signs, runs = characters(texts.column), words(texts.column)
    counted = arrow.count_distinct(texts.column).as_py()
    empty = np.flatnonzero(runs == 0)
    return {
        "rows": len(texts),
        "of": texts.rows,
        "empty": len(empty),
        "empty_rows": texts.row[empty][:MOST_NAMED].tolist(),
        "repeated": len(texts) - int(counted),
        "characters": {**spread(signs), "histogram": histogram(signs)},
        "words": {**spread(runs), "histogram": histogram(runs)},
        "longest_rows": texts.row[np.argsort(-signs, kind="stable")[:20]].tolist(),
    }


def characters(column: pa.ChunkedArray[Any]) -> Ints:
    """(rows,) code points of each text; 0 where there is none.

    Example:
        >>> import pyarrow as pa
        >>> characters(pa.chunked_array([["좋은 영화", None, "ab"]])).tolist()
        [5, 0, 2]
    """
    import pyarrow.compute as pc

    arrow: Any = pc  # the stubs lack functions that are there
    return _whole(arrow.utf8_length(column))


def words(column: pa.ChunkedArray[Any]) -> Ints:
    """(rows,) runs of signs between white space; 0 where there is no text.

    Example:
        >>> import pyarrow as pa
        >>> words(pa.chunked_array([["정말  좋은 영화", "", None]])).tolist()
        [3, 0, 0]
    """
    import pyarrow.compute as pc

    arrow: Any = pc
    return _whole(arrow.count_substring_regex(column, pattern=WORD))


def spread(lengths: npt.NDArray[np.integer]) -> dict[str, float]:
    """Mean, median, 90 and 99 % quantile, shortest and longest of at least one length.

    Example:
        >>> spread(np.array([1, 2, 3, 10]))["median"]
        2.5
    """
    at = np.quantile(lengths, (0.5, 0.9, 0.99))
    return {
        "mean": float(lengths.mean()),
        "median": float(at[0]),
        "p90": float(at[1]),
        "p99": float(at[2]),
        "shortest": float(lengths.min()),
        "longest": float(lengths.max()),
    }


def histogram(lengths: npt.NDArray[np.integer]) -> dict[str, list[float]]:
    """Counts between edges; the last bar holds all above the 99 % quantile's reach."""
    top = max(float(np.quantile(lengths, 0.995)), float(lengths.min()) + 1)
    edges = sets.unique(np.linspace(float(lengths.min()), top, BARS + 1).round().astype(np.int64)).astype(np.float64)
    counts = np.histogram(np.minimum(lengths, edges[-1]), edges)[0]
    return {"edges": edges.tolist(), "counts": counts.astype(float).tolist()}


def cut(lengths: npt.NDArray[np.integer], limits: Sequence[int] = LIMITS) -> list[dict[str, float]]:
    """What each maximum length does: the share of rows it cuts, and the share of all tokens that are then not seen.

    Example:
        >>> cut(np.array([10, 40, 50]), (32,))[0]["tokens"]
        0.26
    """
    total = max(int(lengths.sum()), 1)
    return [
        {
            "limit": float(limit),
            "rows": float((lengths > limit).mean()),
            "tokens": float(1 - np.minimum(lengths, limit).sum() / total),
        }
        for limit in limits
    ]


def waste(lengths: npt.NDArray[np.integer], *, longest: int, seed: int = 0) -> dict[str, float]:
    """The share of a batch that is padding, by how rows are put into batches.

    Args:
        lengths: (rows,) tokens of each row.
        longest: tokens at which a row is cut.
        seed: of the random order.

    Returns:
        to_longest: every row padded to the longest row of all; as_they_come: batches of BATCH rows in random order,
        padded to their longest; by_length: naeum's own, rows of like length up to BUDGET padded tokens.

    Example:
        >>> print(waste(np.array([4, 2, 2]), longest=8)["to_longest"].__round__(2))
        0.33
    """
    kept = np.maximum(np.minimum(lengths, longest), 1).astype(np.int64)
    order = np.random.default_rng(seed).permutation(len(kept))
    plain = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    return {
        "to_longest": _padding(kept, [np.arange(len(kept))]),
        "as_they_come": _padding(kept, plain),
        "by_length": _padding(kept, by_tokens(kept, BUDGET)),
    }


def _padding(lengths: Ints, batches: Sequence[Ints]) -> float:
    padded = sum(len(batch) * int(lengths[batch].max()) for batch in batches)
    return float(1 - lengths.sum() / padded)


def _whole(counts: Any) -> Ints:
    import pyarrow.compute as pc

    arrow: Any = pc
    return np.asarray(arrow.fill_null(counts, 0).to_numpy(), np.int64)
