"""What does an exported network answer that was trained from nothing: hashed n-grams, characters, words in order?

This file is a part of predict.py (see program.py): it needs numpy, and for the graphs onnxruntime.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.streams import filled
from naeum.compress.reading.words import sentences_of
from naeum.model.sequence.subwords import numbered, pieces_of, words_of
from naeum.model.tags.looks import looks
from naeum.model.tags.sequence import cut, plain
from naeum.model.text.characters import numbers
from naeum.model.text.ngrams import bags

AT_ONCE = 8_192  # padded characters or words of a batch
LOTS = 512  # rows whose n-grams are hashed together


class Bag:
    """Hashed n-grams, each with scores of its own: a row's are the mean of those of its n-grams."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node = node
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.weights, self.bias = stored["weights"], stored["bias"]
            self.table = vectors(stored, "table")

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, columns) of rows of cells."""
        texts = [" ".join(filter(None, row)) for row in rows]
        return np.concatenate([self._scores(texts[at : at + LOTS]) for at in range(0, len(texts), LOTS)])

    def _scores(self, texts: list[str]) -> Any:
        node = self.node
        low, high = node["characters"]
        found = bags(texts, characters=(low, high), words=node["words"], buckets=len(self.table))
        counts = np.diff(found.offsets)
        sums = np.zeros((len(texts), self.table.shape[1]), np.float32)
        some = np.flatnonzero(counts)
        if len(some):
            sums[some] = np.add.reduceat(self.table[found.buckets], found.offsets[some], axis=0)
        means = sums / np.maximum(counts, 1).astype(np.float32)[:, None]
        return np.asarray((means @ self.weights if self.weights.size else means) + self.bias, np.float32)


class Letters:
    """A graph over numbers of characters."""

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, columns: int) -> None:
        self.session, self.columns, self.most = session, columns, node["max_length"]
        with np.load(folder / node["arrays"], allow_pickle=False) as stored:
            self.known = stored["known"]

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, columns) of rows of cells."""
        return filled(self, rows, len(rows))

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        found = numbers([" ".join(filter(None, row)) for row in rows], self.known, self.most)
        for where, at, there in laid(found.offsets):
            given = {"ids": found.ids, "syllables": found.syllables}
            yield where, {name: np.where(there, array[at], 0).astype(np.int64) for name, array in given.items()}


class Ordered:
    """A graph over vectors of words, each the mean of the vectors of its pieces."""

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, columns: int) -> None:
        self.session, self.columns, self.most = session, columns, node["max_length"]
        with np.load(folder / node["arrays"], allow_pickle=False) as stored:
            self.known, self.table = stored["known"], vectors(stored, "table")

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, columns) of rows of cells."""
        return filled(self, rows, len(rows))

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        split = [words_of(" ".join(filter(None, row)), self.most) or [""] for row in rows]
        means, which, _ = meanings([word for words in split for word in words], self.known, self.table)
        for where, at, there in laid(np.cumsum([0, *(len(words) for words in split)])):
            yield where, {"words": np.where(there[:, :, None], means[which[at]], np.float32(0))}


class Averages:
    """The weighted mean of the vectors of a text's words, and a linear head."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node = node
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.arrays = {**stored, "vectors": vectors(stored, "vectors")}

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, columns) of rows of cells."""
        texts = [" ".join(filter(None, row)) for row in rows]
        return np.concatenate([self._scores(texts[at : at + LOTS]) for at in range(0, len(texts), LOTS)])

    def _scores(self, texts: list[str]) -> Any:
        found = self.arrays
        split = [words_of(text, self.node["max_length"]) or [""] for text in texts]
        own, which, last = meanings([word for words in split for word in words], found["known"], found["vectors"])
        weight = np.ones(len(which), np.float32)
        if self.node["weighting"] == "tfidf":
            weight = found["rarity"][last][which]
        sizes = np.array([len(words) for words in split])
        row = np.repeat(np.arange(len(split)), sizes)
        share = weight / np.bincount(row, weight, len(split)).astype(np.float32)[row]
        means = np.add.reduceat(share[:, None] * own[which], np.cumsum(sizes) - sizes, axis=0)
        return np.asarray(means @ found["weights"] + found["bias"], np.float32)


class Spoken(Ordered):
    """A graph over vectors of words and what is seen of them, which answers every word of a sentence."""

    def __call__(self, rows: list[list[str]]) -> Any:
        """(words, columns) of rows of words."""
        return filled(self, rows, sum(map(len, rows)))

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Which words stand in each batch of stretches of sentences, and what the graph is given."""
        sentences = sentences_of(rows)
        if not sentences.words:
            return
        seen = looks(sentences)
        means, which, _ = meanings([plain(word) for word in sentences.words], self.known, self.table)
        for _, at, there in laid(cut(sentences.offsets, self.most)):
            both = np.concatenate([means[which[at]], seen[at]], axis=2)
            yield at[there], {
                "words": np.where(there[:, :, None], both, np.float32(0)), "places": np.flatnonzero(there)
            }  # fmt: skip


def vectors(stored: Any, name: str) -> Any:
    """(rows, width) vectors of a file, multiplied back where they are kept in eight bits with a step each."""
    found = stored[name]
    return found * stored["step"][:, None] if found.dtype == np.int8 else found


def meanings(words: list[str], known: Any, table: Any) -> tuple[Any, Any, Any]:
    """(distinct, width) the mean of the vectors of each distinct word's pieces, (words,) which of them each word is,
    and (distinct,) the last piece of each: the word itself, where it is known."""
    place: dict[str, int] = {}
    which = np.array([place.setdefault(word, len(place)) for word in words], np.int64)
    pieces, starts = numbered(pieces_of(list(place)), known)
    sizes = np.diff(starts).astype(np.float32)
    return np.add.reduceat(table[pieces], starts[:-1], axis=0) / sizes[:, None], which, pieces[starts[1:] - 1]


def laid(offsets: Any) -> Iterator[tuple[list[int], Any, Any]]:
    """Batches of rows of like lengths: which rows, (rows, longest) where each unit lies, and whether there is one.

    Args:
        offsets: (rows + 1,) where the units of each row begin; each has one at least.

    Example:
        >>> [(where, there.sum(1).tolist()) for where, _, there in laid(np.array([0, 2, 5]))]
        [([1, 0], [3, 2])]
    """
    lengths = np.diff(offsets)
    order = np.argsort(-lengths, kind="stable").tolist()
    start = 0
    while start < len(order):
        longest = int(lengths[order[start]])
        where = list(order[start : start + max(1, AT_ONCE // longest)])
        start += len(where)
        column = np.arange(longest)
        there = column < lengths[where][:, None]
        yield where, np.where(there, offsets[:-1][where][:, None] + column, 0), there
