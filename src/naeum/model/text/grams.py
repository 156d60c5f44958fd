"""Which runs of symbols occur in enough texts, and where do they occur again?

Symbols are characters or words as whole numbers. A run of n symbols is known by the number of its first n - 1 and its
last symbol, so every length is one look-up in a sorted array: nothing is hashed, no two runs are ever confused, and
whole batches are counted at once. A run can only be frequent where both of its shorter runs are (Agrawal & Srikant
1994), so each length looks only at what the one before left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints


@dataclass(frozen=True, eq=False)
class Stream:
    """Texts as symbols: those of row i are `codes[offsets[i]:offsets[i + 1]]`; -1 = an unknown symbol."""

    codes: Ints
    offsets: Ints

    @property
    def row(self) -> Ints:
        """The row of each symbol."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    @property
    def ends(self) -> Ints:
        """Where the row of each symbol ends."""
        return np.repeat(self.offsets[1:], np.diff(self.offsets))


@dataclass(frozen=True, eq=False)
class Grams:
    """The known runs of `low` to `len(levels)` symbols.

    `levels[0]` are the known symbols, 0 to their count; `levels[n - 1]` are sorted keys: the number of a run's first
    n - 1 symbols times the count of symbols, plus its last symbol.
    """

    low: int
    levels: tuple[Ints, ...]

    @property
    def width(self) -> int:
        """How many runs are counted."""
        return sum(len(level) for level in self.levels[self.low - 1 :])

    def occurrences(self, stream: Stream) -> tuple[Ints, Ints]:
        """The row and the number (below `width`) of every known run, longer ones later.

        Example:
            >>> grams, _, _ = learn(Stream(np.array([0, 1, 0, 1]), np.array([0, 4])), 2, (1, 2), 1)
            >>> grams.occurrences(Stream(np.array([0, 1, -1, 1]), np.array([0, 4])))[1].tolist()
            [0, 1, 1, 2]
        """
        row, ends, symbols = stream.row, stream.ends, len(self.levels[0])
        at = np.flatnonzero(stream.codes >= 0)
        number = stream.codes[at]
        rows, numbers, first = [], [], 0
        for n, level in enumerate(self.levels, 1):
            if n > 1:
                at, key = _longer(stream.codes, ends, at, number, (n, symbols))
                number = np.searchsorted(level, key)
                known = level[np.minimum(number, len(level) - 1)] == key if len(level) else np.zeros(len(key), bool)
                at, number = at[known], number[known]
            if n >= self.low:
                rows.append(row[at])
                numbers.append(number + first)
                first += len(level)
        return np.concatenate(rows), np.concatenate(numbers)

    def kept(self, keep: npt.NDArray[np.bool_]) -> tuple[Grams, Ints]:
        """Only the counted runs for which `keep` (width,) holds, and which symbols are left.

        A run may be kept only with all runs inside it; runs shorter than `low` stay.
        """
        counts = [len(level) for level in self.levels]
        shorter = sum(counts[: self.low - 1])
        flags = np.split(np.concatenate([np.ones(shorter, bool), keep]), np.cumsum(counts)[:-1])
        symbols, new_symbol = len(self.levels[0]), np.cumsum(flags[0]) - 1
        left, new = int(flags[0].sum()), new_symbol
        levels = [np.arange(left)]
        for level, flag in zip(self.levels[1:], flags[1:], strict=True):
            keys = level[flag]
            levels.append(new[keys // symbols] * left + new_symbol[keys % symbols])
            new = np.cumsum(flag) - 1
        return Grams(self.low, tuple(levels)), np.flatnonzero(flags[0])

    def spelled(self) -> list[tuple[int, ...]]:
        """The symbols of every counted run."""
        symbols = len(self.levels[0])
        runs: list[tuple[int, ...]] = [(one,) for one in self.levels[0].tolist()]
        found = list(runs) if self.low == 1 else []
        for n, level in enumerate(self.levels[1:], 2):
            runs = [(*runs[key // symbols], key % symbols) for key in level.tolist()]
            found += runs if n >= self.low else []
        return found


def learn(stream: Stream, symbols: int, lengths: tuple[int, int], least: int) -> tuple[Grams, Ints, Ints]:
    """The runs that stand in at least `least` rows.

    Args:
        symbols: codes are below this.
        lengths: of the shortest and the longest run.

    Returns:
        The runs; in how many rows each of those counted stands; which of the symbols are known, in order.
    """
    import pandas as pd

    low, high = lengths
    row, ends = stream.row, stream.ends
    at = np.flatnonzero(stream.codes >= 0)
    frequency = _rows_with(row[at], stream.codes[at], symbols)
    known = np.flatnonzero(frequency >= least)
    renamed = np.full(symbols + 1, -1)
    renamed[known] = np.arange(len(known))
    codes = renamed[stream.codes]  # -1 finds the last entry, which is -1
    at = np.flatnonzero(codes >= 0)
    number, levels, frequencies = codes[at], [np.arange(len(known))], [frequency[known]]
    for n in range(2, high + 1):
        at, key = _longer(codes, ends, at, number, (n, len(known)))
        number, unique = pd.factorize(key)
        frequency = _rows_with(row[at], number, len(unique))
        enough = np.flatnonzero(frequency >= least)
        enough = enough[np.argsort(unique[enough])]
        rank = np.full(len(unique), -1)
        rank[enough] = np.arange(len(enough))
        number = rank[number]
        at, number = at[number >= 0], number[number >= 0]
        levels.append(unique[enough])
        frequencies.append(frequency[enough])
    return Grams(low, tuple(levels)), np.concatenate(frequencies[low - 1 :]), known


def most_frequent(frequencies: Sequence[Ints], most: int) -> list[npt.NDArray[np.bool_]]:
    """Which runs of several kinds are the `most` frequent together; among equals the earlier, so shorter, ones."""
    joined = np.concatenate(frequencies)
    keep = np.zeros(len(joined), bool)
    keep[np.argsort(-joined, kind="stable")[:most]] = True
    return np.split(keep, np.cumsum([len(one) for one in frequencies])[:-1])


def _longer(codes: Ints, ends: Ints, at: Ints, number: Ints, size: tuple[int, int]) -> tuple[Ints, Ints]:
    """Starts and keys of the runs of n symbols whose first n - 1 (at `at`, numbered) and last n - 1 are known."""
    n, symbols = size
    alive = np.zeros(len(codes) + 1, bool)
    alive[at] = True
    keep = alive[at + 1] & (at + n <= ends[at])
    at = at[keep]
    return at, number[keep] * symbols + codes[at + (n - 1)]


def _rows_with(row: Ints, number: Ints, count: int) -> Ints:
    """In how many rows each number below `count` stands."""
    pairs = np.sort(row * count + number)
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    return np.bincount(pairs[first] % max(count, 1), minlength=count)
