"""How do rows of words become vectors that a network reads in their order?

texts -> words -> pieces (see subwords.py) -> (rows, words, width): a word is the mean of its pieces' vectors
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import Ints
from naeum.errors import InputError
from naeum.model.sequence import subwords
from naeum.model.tags.sentences import distinct
from naeum.model.text.dropout import dropout as quick
from naeum.train.job import Inputs
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

VECTORS = ("random", "own")
SPREAD = 0.5  # standard deviation of a piece's first vector; a word is the mean of some twenty


@dataclass(frozen=True)
class WordReading:
    """How a network from scratch reads words.

    Args:
        width: of a word's vector.
        max_length: words of a text that are read; a longer sentence whose words are tagged is read in stretches.
        vectors: from where the vectors of pieces start: "random", or "own": learned on the rows themselves before,
            without their labels (see sequence/vectors.py).
        dropout: of words' vectors.
        pieces: that are known at most, the commonest.
    """

    kind: ClassVar[str] = "word_pieces"
    version: ClassVar[int] = 1
    width: int = setting(96, Choice((64, 96, 128)))
    max_length: int = setting(128, Whole(32, 512, log=True))
    vectors: str = setting("random", Choice(VECTORS))
    dropout: float = setting(0.2, Real(0.0, 0.5))
    pieces: int = subwords.MOST_PIECES

    def __post_init__(self) -> None:
        one_of("vectors", self.vectors, VECTORS)
        if not (self.width >= 1 and self.max_length >= 1 and self.pieces >= 1 and 0 <= self.dropout < 1):
            raise InputError(
                f"width, max_length and pieces must be at least 1 and dropout in [0, 1); got {self.width}, "
                f"{self.max_length}, {self.pieces} and {self.dropout}; leave them out to use the defaults"
            )


@dataclass(frozen=True, eq=False)
class Words:
    """Rows of words: those of row i are `which[offsets[i]:offsets[i + 1]]`, at least one each."""

    which: Ints  # (words,) the number of each among the distinct ones
    offsets: Ints
    pieces: npt.NDArray[np.int32]  # of the distinct words, one after the other
    starts: Ints  # (distinct + 1,) where those of each begin

    def collate(self, rows: Ints) -> Inputs:
        """Some rows as the arguments of `vectors_of`.

        pieces (pieces,) of the distinct words among them, starts (distinct + 1,) where those of each begin, places
        (rows, words) the number of each word, from 1 on, 0 where a row has ended.
        """
        import torch

        counts = self.offsets[rows + 1] - self.offsets[rows]
        column = np.arange(counts.max() if len(rows) else 0)
        there = column < counts[:, None]  # (rows, words)
        at = np.minimum(self.offsets[rows][:, None] + column, max(0, len(self.which) - 1))
        here, place = np.unique(self.which[at][there], return_inverse=True)
        places = np.zeros(there.shape, np.int64)
        places[there] = place + 1
        sizes = self.starts[here + 1] - self.starts[here]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        own = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes) + np.repeat(self.starts[here], sizes)
        found = {"pieces": self.pieces[own].astype(np.int64), "starts": starts, "places": places}
        return {name: torch.from_numpy(array) for name, array in found.items()}


def read(words: Sequence[str], offsets: Ints, known: subwords.Hashes) -> Words:
    """Rows of words, one after the other, as numbers.

    Example:
        >>> found = read(["a", "b", "a"], np.array([0, 2, 3]), np.empty(0, np.uint64))
        >>> found.which.tolist(), found.pieces.tolist()
        ([0, 1, 0], [0, 0])
    """
    names, which = distinct(words)
    pieces, starts = subwords.numbered(subwords.pieces_of(names), known)
    return Words(which, offsets, pieces, starts)


def read_texts(texts: Sequence[str], known: subwords.Hashes, most: int) -> Words:
    """Texts as numbers of their first words; a text without words is one word that nobody knows."""
    rows = [subwords.words_of(text, most) or [""] for text in texts]
    return read([word for row in rows for word in row], offsets_of(rows), known)


def known_pieces(words: Sequence[str], most: int) -> subwords.Hashes:
    """The pieces of words that are worth a vector; see `subwords.vocabulary`."""
    names, which = distinct(words)
    return subwords.vocabulary(subwords.pieces_of(names), np.bincount(which, minlength=len(names)), most)


def offsets_of(rows: Sequence[Sequence[str]]) -> Ints:
    """(rows + 1,) where each row begins when they stand one after the other.

    Example:
        >>> offsets_of([["a", "b"], ["c"]]).tolist()
        [0, 2, 3]
    """
    return np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)


def vectors_of(pieces: int, reading: WordReading) -> Any:
    """A module: (pieces, starts, places) -> (rows, words, width), zero where a row has ended."""
    return _class()(pieces, reading.width, reading.dropout)


def place(module: Any, pieces: subwords.Hashes, known: subwords.Hashes, vectors: Any) -> None:
    """Let the vectors of a module's pieces start as those that were learned of the known ones, as widely spread.

    Args:
        module: made by `vectors_of`.
        pieces: its own, in their order.
        known: those that were learned.
        vectors: (known + 1, width) that of no known piece first.
    """
    import torch

    at = np.minimum(np.searchsorted(known, pieces), max(len(known) - 1, 0))
    there = np.flatnonzero(known[at] == pieces) if len(known) else np.empty(0, np.int64)
    found = vectors[at[there] + 1]
    scale = SPREAD / max(float(found.std()), 1e-6) if len(found) else 1.0
    with torch.no_grad():
        module.bag.weight[torch.as_tensor(there + 1)] = torch.as_tensor(found * np.float32(scale))


@cache
def _class() -> Any:
    torch = extras.need("torch", "a network of words")

    class WordVectors(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, pieces: int, width: int, dropout: float) -> None:
            super().__init__()
            self.bag = torch.nn.EmbeddingBag(pieces + 1, width, mode="mean", sparse=True, include_last_offset=True)
            torch.nn.init.normal_(self.bag.weight, std=SPREAD)
            self.dropout = quick(dropout)

        def forward(self, pieces: Any, starts: Any, places: Any) -> Any:
            words = self.dropout(self.bag(pieces, starts))  # (distinct, width): a word is lost alike wherever it stands
            nothing = words.new_zeros(1, words.shape[1])
            return torch.cat([nothing, words])[places]  # (rows, words, width)

    return WordVectors
