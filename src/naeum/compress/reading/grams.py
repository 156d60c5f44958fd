"""What do exported n-grams answer? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from naeum.model.text.cumulative import chances

WORD = re.compile(r"\w+|[^\w\s]")
GRAMS = 512  # rows whose n-grams are counted together
LEAST_CHANCE = 1e-13  # of a class in an order that no fit row is of


class Vocabulary:
    """Known runs of words and characters, tf-idf weighted, every row of length one."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node = node
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.arrays = dict(stored)
        ends, blob = self.arrays["word_offsets"].tolist(), self.arrays["words"].tobytes()
        words = [blob[low:high].decode("utf-8", "surrogatepass") for low, high in pairwise(ends)]
        self.number = {word: at for at, word in enumerate(words)}

    def weighted(self, texts: list[str]) -> tuple[Any, Any, Any]:
        """Row, n-gram and weight of every known n-gram of some texts, row after row, each once."""
        texts = [text.lower() for text in texts] if self.node["lowercase"] else texts
        found, first = [], 0
        for name, (low, high) in (("word", self.node["words"]), ("char", self.node["chars"])):
            if high:
                levels = [self.arrays[f"{name}_grams.{n}"] for n in range(1, high + 1)]
                found.append(known(*self._codes(name, texts), levels, low, first))
                first += sum(len(level) for level in levels[low - 1 :])
        pairs = np.concatenate([np.stack(one) for one in found], axis=1)  # (2, occurrences): row, n-gram
        keys, counts = np.unique(pairs[0] * max(first, 1) + pairs[1], return_counts=True)
        row, gram = keys // max(first, 1), keys % max(first, 1)
        counted = counts.astype(np.float32)
        values = (1 + np.log(counted) if self.node["sublinear"] else counted) * self.arrays["idf"][gram]
        norms = np.sqrt(np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=len(texts)))
        return row, gram, (values / norms[row]).astype(np.float32)

    def _codes(self, name: str, texts: list[str]) -> tuple[Any, Any]:
        """The symbols of all texts, -1 = unknown, and where each text starts."""
        if name == "word":
            split = [WORD.findall(text) for text in texts]
            codes = np.array([self.number.get(word, -1) for words in split for word in words], np.int64)
            return codes, np.cumsum([0, *(len(words) for words in split)])
        ready = [f" {' '.join(words)} " if (words := text.split()) else "" for text in texts]
        points, alphabet = np.frombuffer("".join(ready).encode("utf-32-le"), np.uint32), self.arrays["alphabet"]
        at = np.searchsorted(alphabet, points)
        there = alphabet[np.minimum(at, len(alphabet) - 1)] == points if len(alphabet) else at < 0
        return np.where(there, at, -1), np.cumsum([0, *(len(text) for text in ready)])


class Ngrams(Vocabulary):
    """Weights of n-grams for each class."""

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) of rows of cells."""
        texts = [" ".join(filter(None, row)) for row in rows]
        scores = np.concatenate([self._scores(texts[at : at + GRAMS]) for at in range(0, len(texts), GRAMS)])
        return np.concatenate([np.zeros_like(scores), scores], axis=1) if self.node["second"] else scores

    def _scores(self, texts: list[str]) -> Any:
        row, gram, values = self.weighted(texts)
        ends = np.searchsorted(row, np.arange(len(texts) + 1))
        weights, biases = self.arrays["weights"], self.arrays["biases"]
        return np.stack([values[low:high] @ weights[gram[low:high]] for low, high in pairwise(ends)]) + biases


class Ranks(Vocabulary):
    """One weight for each n-gram, and where on that line each class in an order begins."""

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) log-probabilities of rows of cells."""
        texts = [" ".join(filter(None, row)) for row in rows]
        return np.concatenate([self._logs(texts[at : at + GRAMS]) for at in range(0, len(texts), GRAMS)])

    def _logs(self, texts: list[str]) -> Any:
        row, gram, values = self.weighted(texts)
        margins = np.asarray(np.bincount(row, values * self.arrays["slopes"][gram], len(texts)), np.float64)
        there = self.arrays["there"]
        told = np.full((len(texts), self.node["classes"]), LEAST_CHANCE)
        told[:, there] = chances(margins, self.arrays["cuts"]) if len(there) > 1 else 1.0
        return np.asarray(np.log(np.maximum(told, LEAST_CHANCE)), np.float32)


def known(codes: Any, offsets: Any, levels: list[Any], low: int, first: int) -> tuple[Any, Any]:
    """The row and the number, from `first` on, of every known run of `low` to `len(levels)` symbols."""
    row = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    ends, symbols = np.repeat(offsets[1:], np.diff(offsets)), len(levels[0])
    at = np.flatnonzero(codes >= 0)
    number, rows, numbers = codes[at], [], []
    for n, level in enumerate(levels, 1):
        if n > 1:  # a run is known by the number of its first n - 1 symbols, which are a known run, and its last one
            alive = np.zeros(len(codes) + 1, bool)
            alive[at] = True
            keep = alive[at + 1] & (at + n <= ends[at])
            key = number[keep] * symbols + codes[at[keep] + n - 1]
            at, number = at[keep], np.searchsorted(level, key)
            there = level[np.minimum(number, len(level) - 1)] == key if len(level) else np.zeros(len(key), bool)
            at, number = at[there], number[there]
        if n >= low:
            rows.append(row[at])
            numbers.append(number + first)
            first += len(level)
    return np.concatenate(rows), np.concatenate(numbers)
