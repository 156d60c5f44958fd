"""Which further texts can a teacher be asked about, where the meaning need not stay?

A teacher answers any text, so rows to learn from can be made freely: a word becomes one that stood in a like place, a
stretch of a text stands alone, the beginning of one text meets the end of another. What is made is near what users
write, and what it means is the teacher's to say.

References:
    Tang et al. 2019, "Distilling task-specific knowledge from BERT into simple neural networks" (replacement, sampled
    stretches).
    Jiao et al. 2020, "TinyBERT" (section 3.2: words replaced by likely ones, twenty rows a row).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

WAYS = ("replace", "stretch", "join")
REPLACED = 0.2  # share of the words of a text that are replaced
LEAST_WORDS = 2  # of a text that something is made from


def made(texts: Sequence[str], each: float, seed: int) -> tuple[list[str], list[int]]:
    """Texts made from texts, none of them among the given ones or twice, and which one each was made from.

    Args:
        texts: what there is.
        each: texts to make, for each given one; fewer come where they repeat.
        seed: of what is drawn.

    Example:
        >>> new, source = made(["a good film", "a bad play"], 2.0, 0)
        >>> len(new) == len(set(new)) == len(source), set(new) & {"a good film", "a bad play"}
        (True, set())
    """
    words = [text.split() for text in texts]
    long = [at for at, row in enumerate(words) if len(row) >= LEAST_WORDS]
    if not long:
        return [], []
    rng, near = np.random.default_rng(seed), _Near(words)
    known, found, source = {" ".join(row) for row in words}, [], []
    for number in range(round(each * len(texts))):
        at = long[int(rng.integers(len(long)))]
        way = WAYS[number % len(WAYS)]
        if way == "replace":
            new = near.replaced(words[at], rng)
        elif way == "stretch":
            new = _stretch(words[at], rng)
        else:
            new = _joined(words[at], words[long[int(rng.integers(len(long)))]], rng)
        text = " ".join(new)
        if text not in known:
            known.add(text)
            found.append(text)
            source.append(at)
    return found, source


class _Near:
    """Words that stood behind the same word, or, where there is none, any word as often as it comes."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.all = [word for row in rows for word in row]
        self.after: dict[str, list[str]] = {}
        for row in rows:
            for before, word in pairwise(("", *row)):
                self.after.setdefault(before, []).append(word)

    def replaced(self, row: Sequence[str], rng: np.random.Generator) -> list[str]:
        """The words with some replaced, at least one."""
        chosen = rng.random(len(row)) < REPLACED
        chosen[int(rng.integers(len(row)))] = True
        return [self._other(row[at - 1] if at else "", rng) if chosen[at] else word for at, word in enumerate(row)]

    def _other(self, before: str, rng: np.random.Generator) -> str:
        some = self.after[before] if len(set(self.after.get(before, ())[:8])) > 1 else self.all
        return some[int(rng.integers(len(some)))]


def _stretch(row: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Some of the words in a row, not all of them."""
    count = int(rng.integers(1, len(row)))
    first = int(rng.integers(len(row) - count + 1))
    return list(row[first : first + count])


def _joined(row: Sequence[str], other: Sequence[str], rng: np.random.Generator) -> list[str]:
    """The beginning of one text and the end of another."""
    return [*row[: int(rng.integers(1, len(row)))], *other[int(rng.integers(1, len(other))) :]]
