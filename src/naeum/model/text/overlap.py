"""How alike are two texts, by what they are written with? A few dozen numbers for each pair.

What both say is measured in characters, letters of Hangul and words, each n-gram weighing the more the rarer it is; so
words that no fit row held count too. Numbers that differ and words of denial are told apart: they turn a meaning round
with hardly a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.model.text.ngrams import Bags, bags

Doubles = npt.NDArray[np.float64]
BUCKETS = 2**17  # that n-grams of one kind are hashed into; their weights take half a megabyte
LEAST = 1e-9
LIKENESS_SCALE = 0.06  # of likeness in standard deviations: beside rows of n-grams whose length is about one
MOST_CHARACTERS = 20_000  # of a text that are compared
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
DENIALS = re.compile(r"않|없|못\s?하|아니|\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot)\b|n[’']t\b")
FRONT, BACK = 2, 4  # characters at either end: who acts, and how a Korean sentence ends


@dataclass(frozen=True)
class Kind:
    """One kind of n-gram: so many characters, or letters, or words."""

    name: str
    characters: tuple[int, int] = (2, 1)  # none
    words: int = 0
    letters: bool = False  # whether syllables of Hangul are taken apart


KINDS = (
    *(Kind(f"characters {size}", (size, size)) for size in (1, 2, 3, 4)),
    Kind("words 1", words=1),
    Kind("words 2", words=2),
    *(Kind(f"letters {size}", (size, size), letters=True) for size in (3, 5)),
)
OF_A_KIND = ("cosine", "overlap", "of the first", "of the second")
OTHERS = (
    "length ratio", "length", "word ratio", "figures of one", "figures of both", "denials of one", "same front",
    "same back",
)  # fmt: skip
NAMES = tuple(f"{what}, {kind.name}" for kind in KINDS for what in OF_A_KIND) + OTHERS


@dataclass(frozen=True, eq=False)
class Held:
    """Which n-grams texts hold: `keys` are row times BUCKETS plus the number of the n-gram, rising, each once."""

    keys: Ints
    values: Doubles
    rows: int

    @property
    def sums(self) -> Doubles:
        """(rows,) of the values."""
        return np.asarray(np.bincount(self.keys // BUCKETS, self.values, self.rows), np.float64)


def weights(first: Sequence[str], second: Sequence[str]) -> Floats:
    """(kinds, BUCKETS) how much an n-gram counts: 1 + ln((1 + texts) / (1 + texts that have it))."""
    texts = [*first, *second]
    found = np.empty((len(KINDS), BUCKETS), np.float32)
    for at, kind in enumerate(KINDS):
        having = np.bincount(_counted(texts, kind).keys % BUCKETS, minlength=BUCKETS)
        found[at] = 1 + np.log((1 + len(texts)) / (1 + having))
    return found


def likeness(first: Sequence[str], second: Sequence[str], known: Floats, ordered: bool) -> Doubles:
    """(rows, NAMES) how alike the two texts of each pair are.

    Args:
        first, second: the texts.
        known: what `weights` gave.
        ordered: whether it matters which text is the first; else shares of the first and of the second become the
            smaller and the larger one.

    Example:
        >>> known = weights(["영화가 좋다"], ["영화가 나쁘다"])
        >>> found = likeness(["좋다", "좋다"], ["좋다", "비"], known, ordered=False)
        >>> found[:, NAMES.index("cosine, words 1")].round(2).tolist()
        [1.0, 0.0]
    """
    found = []
    for kind, idf in zip(KINDS, known, strict=True):
        one, other = (_weighed(_counted(side, kind), idf) for side in (first, second))
        found += _shares(one, other, ordered)
    return np.stack([*found, *_plain(first, second)], axis=1).astype(np.float64)


def squared(numbers: Doubles) -> Doubles:
    """(rows, wide) numbers, their squares and the products of each two: what a plane in them can then bend to."""
    left, right = np.triu_indices(numbers.shape[1])
    return np.concatenate([numbers, numbers[:, left] * numbers[:, right]], axis=1)


def _shares(one: Held, other: Held, ordered: bool) -> list[Doubles]:
    """The four OF_A_KIND of the weighed n-grams of either text."""
    sums = one.sums, other.sums
    squares = [replace(side, values=side.values**2).sums for side in (one, other)]
    lengths = np.sqrt(squares[0] * squares[1])
    keys, at, there = np.intersect1d(one.keys, other.keys, assume_unique=True, return_indices=True)
    products = Held(keys, one.values[at] * other.values[there], one.rows).sums
    both = Held(keys, np.minimum(one.values[at], other.values[there]), one.rows).sums
    cosine = products / np.maximum(lengths, LEAST)
    overlap = both / np.maximum(sums[0] + sums[1] - both, LEAST)
    of_first, of_second = both / np.maximum(sums[0], LEAST), both / np.maximum(sums[1], LEAST)
    if not ordered:
        of_first, of_second = np.minimum(of_first, of_second), np.maximum(of_first, of_second)
    return [cosine, overlap, of_first, of_second]


def _plain(first: Sequence[str], second: Sequence[str]) -> list[Doubles]:
    """The OTHERS."""
    lengths = [np.array([len(text) for text in side], np.float64) for side in (first, second)]
    words = [np.array([len(text.split()) for text in side], np.float64) for side in (first, second)]
    figures = [[frozenset(FIGURES.findall(text)) for text in side] for side in (first, second)]
    denials = [np.array([len(DENIALS.findall(text.lower())) for text in side], np.float64) for side in (first, second)]
    pairs = list(zip(first, second, strict=True))
    return [
        _ratio(*lengths),
        np.log1p(lengths[0] + lengths[1]),
        _ratio(*words),
        np.array([len(a ^ b) for a, b in zip(*figures, strict=True)], np.float64),
        np.array([len(a & b) for a, b in zip(*figures, strict=True)], np.float64),
        np.abs(denials[0] - denials[1]),
        np.array([a[:FRONT] == b[:FRONT] for a, b in pairs], np.float64),
        np.array([a.rstrip(" .!?")[-BACK:] == b.rstrip(" .!?")[-BACK:] for a, b in pairs], np.float64),
    ]


def _counted(texts: Sequence[str], kind: Kind) -> Held:
    """How often each n-gram of a kind stands in each text."""
    cut = [text[:MOST_CHARACTERS] for text in texts]
    ready = [unicodedata.normalize("NFD", text) for text in cut] if kind.letters else cut
    keys = _keys(bags(ready, characters=kind.characters, words=kind.words, buckets=BUCKETS))
    if kind.words < 2:
        found, counts = np.unique(keys, return_counts=True)
        whole: Doubles = counts.astype(np.float64)
        return Held(found, whole, len(texts))
    singles = _keys(bags(ready, characters=kind.characters, words=1, buckets=BUCKETS))  # its bags hold these too
    found, place = np.unique(np.concatenate([keys, singles]), return_inverse=True)
    signs = np.repeat([1.0, -1.0], [len(keys), len(singles)])
    counts = np.asarray(np.bincount(place, signs, len(found)), np.float64)
    left = counts > 0
    rising: Doubles = np.asarray(counts[left], np.float64)
    return Held(found[left], rising, len(texts))


def _keys(found: Bags) -> Ints:
    """Row and number of every n-gram."""
    return np.repeat(np.arange(len(found.offsets) - 1), np.diff(found.offsets)) * BUCKETS + found.buckets


def _weighed(counts: Held, idf: Floats) -> Held:
    """(1 + ln count) times the weight of the n-gram."""
    return replace(counts, values=(1 + np.log(counts.values)) * idf[counts.keys % BUCKETS])


def _ratio(one: Doubles, other: Doubles) -> Doubles:
    """The smaller over the larger; 1 where both are nothing."""
    return (np.minimum(one, other) + LEAST) / (np.maximum(one, other) + LEAST)
