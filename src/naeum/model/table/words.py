"""How do short texts, such as names and codes, become counts?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LONGEST = 200  # characters of a text that are read
LENGTHS = (2, 3, 4)  # of n-grams, with a blank before and behind each text
PRIME, MIX = np.uint32(0x01000193), np.uint32(0x85EBCA6B)  # FNV; the finaliser of MurmurHash3


def ngram_counts(texts: Sequence[str], buckets: int) -> npt.NDArray[np.float64]:
    """(texts, buckets) the square roots of counts of character n-grams, hashed, each row of length one.

    Example:
        >>> found = ngram_counts(["서울 강남구", "서울 강북구", ""], 32)
        >>> bool(found[0] @ found[1] > 0.3), float(found[2].sum())
        (True, 0.0)
    """
    found = np.zeros((len(texts), buckets))
    cut = [f" {text[:LONGEST].lower()} " if text else "" for text in texts]
    codes = np.frombuffer("".join(cut).encode("utf-32-le", "replace"), "<u4").astype(np.uint32)
    owner = np.repeat(np.arange(len(cut)), [len(text) for text in cut])
    for length in LENGTHS:
        if len(codes) < length:
            continue
        last = len(codes) - length + 1
        grams = np.full(last, length, np.uint32)
        for at in range(length):
            grams = grams * PRIME + codes[at : last + at]
        inside = owner[:last] == owner[length - 1 :]
        grams = (grams ^ (grams >> np.uint32(15))) * MIX
        place = (grams ^ (grams >> np.uint32(13))) % np.uint32(buckets)
        flat = owner[:last][inside] * buckets + place[inside]
        found += np.bincount(flat, minlength=found.size).reshape(found.shape)
    found = np.sqrt(found)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), np.float64)
