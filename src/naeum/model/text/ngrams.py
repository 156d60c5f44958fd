"""How does a text become the numbers of its hashed n-grams, and a bag of them a class?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import Ints
from naeum.train.job import Inputs

Hashed = npt.NDArray[np.uint64]

# Multiplicative hashing (Knuth 1998, vol. 3, sec. 6.4): odd constants near 2^64 / golden ratio and of good avalanche.
STEP = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
SHIFT = np.uint64(29)
_SPACE = ord(" ")


@dataclass(frozen=True, eq=False)
class Bags:
    """The n-grams of texts: those of row i are `buckets[offsets[i]:offsets[i + 1]]`."""

    buckets: npt.NDArray[np.int32]
    offsets: Ints


def bags(texts: Sequence[str], *, characters: tuple[int, int], words: int, buckets: int) -> Bags:
    """Hash every n-gram of characters and of words into `buckets` numbers (Joulin et al. 2017).

    Args:
        characters: least and greatest length of an n-gram of characters; spaces count, both ends of a text are a space.
        words: greatest length of an n-gram of words; 0 for none.
        buckets: how many numbers there are.

    Example:
        >>> found = bags(["좋다", ""], characters=(2, 2), words=1, buckets=100)
        >>> np.diff(found.offsets).tolist()  # " 좋", "좋다", "다 " and the word; the two ends of nothing
        [4, 1]
    """
    ready = [f" {' '.join(text.lower().split())} " for text in texts]
    codes = np.frombuffer("".join(ready).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in ready], np.int64)
    row = np.repeat(np.arange(len(ready)), lengths)
    found = [runs(codes, row, size, salt=size) for size in range(1, characters[1] + 1) if size >= characters[0]]
    if words:
        word, word_row = _hashed(codes, row)
        found += [runs(word, word_row, size, salt=100 + size) for size in range(1, words + 1)]
    rows = np.concatenate([one[1] for one in found])
    order = np.argsort(rows, kind="stable")
    hashed = np.concatenate([one[0] for one in found])[order] % np.uint64(buckets)
    counts = np.bincount(rows, minlength=len(ready)) if len(ready) else np.zeros(0, np.int64)
    return Bags(hashed.astype(np.int32), np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def runs(units: Hashed, row: Ints, size: int, salt: int) -> tuple[Hashed, Ints]:
    """Hashes of all runs of `size` units that lie in one row, and the row of each."""
    count = max(0, len(units) - size + 1)
    mixed = np.full(count, salt, np.uint64)
    for at in range(size):
        mixed = (mixed ^ units[at : at + count]) * STEP
        mixed ^= mixed >> SHIFT
    mixed *= MIX
    mixed ^= mixed >> SHIFT
    inside = row[:count] == row[size - 1 : size - 1 + count]
    return mixed[inside], row[:count][inside]


def _hashed(codes: Hashed, row: Ints) -> tuple[Hashed, Ints]:
    """A hash of each word (run of non-spaces), and its row."""
    letter = codes != _SPACE
    first = letter & ~np.concatenate([[False], letter[:-1]]) if len(codes) else letter
    starts = np.flatnonzero(first)
    if not len(starts):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    number = np.cumsum(first) - 1  # of the word that a letter belongs to
    position = (np.arange(len(codes)) - starts[np.maximum(number, 0)]).astype(np.uint64)
    spread = (codes * MIX) ^ ((position + np.uint64(1)) * STEP)
    spread = ((spread ^ (spread >> SHIFT)) * MIX)[letter]
    return np.add.reduceat(spread, (np.cumsum(letter) - 1)[starts]), row[starts]


def gathered(found: Bags, rows: Ints) -> Inputs:
    """The bags of some rows as the arguments of `bag_classifier`."""
    import torch

    starts, counts = found.offsets[rows], found.offsets[rows + 1] - found.offsets[rows]
    ends = np.cumsum(counts)
    at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return {
        "buckets": torch.from_numpy(found.buckets[at]),
        "offsets": torch.from_numpy((ends - counts).astype(np.int32)),
    }


def bag_classifier(buckets: int, width: int, classes: int, dropout: float, seed: int) -> Any:
    """A module: (buckets, offsets) -> (rows, classes) logits; also `.pooled(…)` -> (rows, width).

    The vectors of a row's n-grams are averaged and mapped linearly (Joulin et al. 2017, "Bag of tricks for efficient
    text classification"). While training, n-grams are left out at random, so that none is relied on alone.
    """
    torch = extras.need("torch", "hashed n-grams")
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return _bag_class()(buckets, width, classes, dropout)


@cache
def _bag_class() -> Any:
    torch = extras.need("torch", "hashed n-grams")

    class BagClassifier(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, buckets: int, width: int, classes: int, dropout: float) -> None:
            super().__init__()
            self.bags = torch.nn.EmbeddingBag(buckets, width, mode="sum", sparse=True)
            torch.nn.init.uniform_(self.bags.weight, -1.0 / width, 1.0 / width)
            self.head = torch.nn.Linear(width, classes)
            self.dropout = dropout

        def pooled(self, buckets: Any, offsets: Any) -> Any:
            ends = torch.cat([offsets[1:], offsets.new_tensor([len(buckets)])])
            share = (1.0 / (ends - offsets).clamp_min(1).float()).repeat_interleave(ends - offsets)
            if self.training and self.dropout:
                share = share * (torch.rand_like(share) >= self.dropout) / (1.0 - self.dropout)
            return self.bags(buckets, offsets, per_sample_weights=share)

        def forward(self, buckets: Any, offsets: Any) -> Any:
            return self.head(self.pooled(buckets, offsets))

    return BagClassifier
