"""How many different words are there, and do new texts still bring new ones?

Heaps' law (Heaps 1978): after n words about k · n^b different ones were seen; b near 1 says that nearly every word is
new, as typing errors and long compounds make it; 0.4 to 0.6 is usual for English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from naeum import sets
from naeum.contract import Ints
from naeum.explore.subject import Subject
from naeum.explore.text.source import texts_of
from naeum.model.text.vocabulary import WORD

MOST_ROWS = 50_000  # texts whose words are counted
POINTS = 24  # of the growth curve, evenly spread in the logarithm
FIRST = 100  # words before the first point
SHOWN = 20  # words that are named


def look(subject: Subject) -> dict[str, Any] | None:
    """The growth of the vocabulary over a sample of texts.

    Raises:
        NotApplicable: there is no text column.
    """
    texts = texts_of(subject)
    where = texts.drawn(MOST_ROWS, subject.seed)
    found = growth(texts.at(where), seed=subject.seed)
    return None if found is None else {"rows": len(where), "of": texts.rows, **found}


def growth(texts: Sequence[str], *, seed: int = 0) -> dict[str, Any] | None:
    """Words and different words after more and more texts in random order; None without a word.

    Returns:
        words, distinct, once (the share of distinct words that stand once), curve ([words, distinct] points), exponent
        (b of Heaps' law over the second half of the curve; None for fewer than FIRST words), frequent ([word, times]).

    Example:
        >>> growth(["좋은 영화", "좋은 배우"])["distinct"]
        3
    """
    order = np.random.default_rng(seed).permutation(len(texts))
    names, codes = _coded("\n".join(texts[at] for at in order.tolist()).lower())
    if not len(codes):
        return None
    counts = np.bincount(codes)
    seen = np.maximum.accumulate(codes) + 1  # numbers are given in the order of first sight
    at = sets.unique(np.geomspace(min(FIRST, len(codes)), len(codes), POINTS).round().astype(np.int64))
    curve = np.stack([at, seen[at - 1]], axis=1)
    return {
        "words": len(codes),
        "distinct": len(names),
        "once": float((counts == 1).mean()),
        "curve": curve.tolist(),
        "exponent": _exponent(curve),
        "frequent": [[names[code], int(counts[code])] for code in np.argsort(-counts, kind="stable")[:SHOWN]],
    }


def _coded(text: str) -> tuple[list[str], Ints]:
    """The different words of a text in the order of first sight, and the number of each word as it stands there."""
    import pyarrow as pa

    coded = pa.array(WORD.findall(text), pa.string()).dictionary_encode()
    different = [str(word) for word in coded.dictionary.to_pylist()]
    kept = np.asarray([word[0].isalnum() for word in different], np.bool_)  # signs such as ! are no words
    number = np.cumsum(kept) - 1
    codes = np.asarray(coded.indices.to_numpy(zero_copy_only=False), np.int64)
    return [word for word, keep in zip(different, kept.tolist(), strict=True) if keep], number[codes[kept[codes]]]


def _exponent(curve: Any) -> float | None:
    half = curve[len(curve) // 2 :]
    if len(half) < 3:
        return None
    slope: float = np.polyfit(np.log(half[:, 0]), np.log(half[:, 1]), 1)[0]
    return float(slope)
