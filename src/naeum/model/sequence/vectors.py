"""What do words mean by the company they keep? Vectors learned on the user's own texts, without labels.

Skip-gram with negative sampling (Mikolov et al. 2013, "Distributed representations of words and phrases") on words that
are made of pieces (Bojanowski et al. 2017): a word is the mean of its pieces' vectors, and is moved towards the vectors
of the words around it and away from those of words drawn by chance:

    - log s(u_w · v_c) - k E_n log s(- u_w · v_n),     s(x) = 1 / (1 + exp(-x))

Quick because words of a batch share their chance words, so that both sums are products of matrices (Ji et al. 2016,
"Parallelizing word2vec in shared and distributed memory"), and each distinct word of a batch is put together once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.sequence.words import Words
from naeum.values import Choice, Whole, setting

BATCH, LEAST_BATCH = 4_096, 128  # words that are moved at once: fewer of few, so that an epoch has many steps
STEPS = 32  # of an epoch at least, where there are so many words
CHANCE = 256  # words drawn by chance for a batch
OFTEN = 1e-3  # share of the text from which a word is left out now and then (Mikolov et al. 2013, eq. 5)
FLAT = 0.75  # power of a word's count by which chance words are drawn
RATE = 0.1  # of Adagrad (Duchi et al. 2011), one number a row of vectors
SMALL = 1e-8  # added to sums of squares
LEAST_COUNT = 2  # a word that stands once is no company
MOST_TARGETS = 60_000  # words that others may stand beside, the commonest


@dataclass(frozen=True)
class Skipgram:
    """How vectors are learned.

    Args:
        width: of a vector.
        window: words to either side that are company at most; drawn anew for each word, as the near ones tell more.
        negatives: how much chance words count together, in words of company.
        epochs: passes over the texts.
    """

    kind: ClassVar[str] = "skipgram"
    version: ClassVar[int] = 1
    width: int = setting(96, Choice((64, 96, 128)))
    window: int = setting(5, Whole(2, 8))
    negatives: float = 5.0
    epochs: int = setting(5, Whole(2, 10))

    def __post_init__(self) -> None:
        if not (self.width >= 1 and self.window >= 1 and self.epochs >= 1 and self.negatives > 0):
            raise InputError(
                f"width, window and epochs must be at least 1 and negatives above 0; got {self.width}, {self.window}, "
                f"{self.epochs} and {self.negatives}; leave them out to use the defaults"
            )


def learned(words: Words, pieces: int, how: Skipgram, seed: int, report: Callable[[int, int], None]) -> Floats:
    """(pieces + 1, width) vectors of pieces, that of no known piece first, learned on rows of words.

    Args:
        words: rows of words; company ends where a row does.
        pieces: how many are known.
        how: settings.
        seed: of every draw.
        report: is told the step and how many there are.
    """
    rng = np.random.default_rng(seed)
    table = _Table.made(words, pieces, how.width, rng)
    counts = np.bincount(words.which, minlength=len(words.starts) - 1)
    targets = _Targets.made(counts, how.width)
    kept_share = np.minimum(1.0, np.sqrt(OFTEN * counts.sum() / np.maximum(counts, 1)))
    row = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    for epoch in range(how.epochs):
        kept = np.flatnonzero(rng.random(len(words.which)) < kept_share[words.which])
        which, rows = words.which[kept], row[kept]
        steps = -(-len(which) // min(max(len(which) // STEPS, LEAST_BATCH), BATCH))
        for step, order in enumerate(np.array_split(rng.permutation(len(which)), max(steps, 1))):
            if len(order):
                company = _company(order, which, rows, how.window, rng)
                rate = RATE * max(0.05, 1 - (epoch + step / steps) / how.epochs)
                _step(table, targets, which[order], company, how.negatives, rate, rng)
            if step % 16 == 0:
                report(epoch * steps + step, how.epochs * steps)
    return table.vectors


def word_vectors(words: Words, vectors: Floats) -> Floats:
    """(distinct, width) the vector of each distinct word: the mean of its pieces'."""
    return np.asarray(_means(words, len(vectors)) @ vectors, np.float32)


def _means(words: Words, pieces: int) -> Any:
    """(distinct, pieces) of which pieces each distinct word is the mean."""
    sparse = need("scipy.sparse", "word vectors")
    sizes = np.diff(words.starts)
    share = np.repeat(np.float32(1) / np.maximum(sizes, 1).astype(np.float32), sizes)
    return sparse.csr_matrix((share, words.pieces, words.starts), shape=(len(sizes), pieces))


@dataclass(eq=False)
class _Table:
    """The vectors of pieces while they move; `made_of` (distinct, pieces + 1): of which a word is the mean."""

    vectors: Floats
    squares: Floats  # (pieces + 1,)
    made_of: Any

    @classmethod
    def made(cls, words: Words, pieces: int, width: int, rng: np.random.Generator) -> _Table:
        first = rng.uniform(-0.5, 0.5, (pieces + 1, width)).astype(np.float32) / np.float32(np.sqrt(width))
        first[0] = 0.0
        return cls(first, np.zeros(pieces + 1, np.float32), _means(words, pieces + 1))


@dataclass(eq=False)
class _Targets:
    """The vectors of words as others' company, while they move."""

    place: Ints  # (distinct,) their row; -1 of a word that is no company
    vectors: Floats
    squares: Floats
    chance: npt.NDArray[np.float64]  # (targets,) the running sum of their shares among chance words

    @classmethod
    def made(cls, counts: Ints, width: int) -> _Targets:
        often = np.argsort(-counts, kind="stable")[:MOST_TARGETS]
        often = often[counts[often] >= LEAST_COUNT]
        place = np.full(len(counts), -1, np.int64)
        place[often] = np.arange(len(often))
        flat = counts[often].astype(np.float64) ** FLAT
        chance = np.cumsum(flat) / max(flat.sum(), 1.0)
        return cls(place, np.zeros((len(often), width), np.float32), np.zeros(len(often), np.float32), chance)


def _company(at: Ints, which: Ints, rows: Ints, window: int, rng: np.random.Generator) -> Ints:
    """(words, 2 window) the distinct words around those at places `at`; -1 beyond a row's end or the drawn window."""
    away = np.array([step for step in range(-window, window + 1) if step])
    place = at[:, None] + away
    inside = (place >= 0) & (place < len(which)) & (np.abs(away) <= rng.integers(1, window + 1, len(at))[:, None])
    place = np.clip(place, 0, len(which) - 1)
    inside &= rows[place] == rows[at][:, None]
    return np.where(inside, which[place], -1)


def _step(
    table: _Table, targets: _Targets, words: Ints, company: Ints, negatives: float, rate: float,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    """Move the vectors by one batch of words (words,) with their company (words, places)."""
    beside = np.where(company >= 0, targets.place[company], -1)
    there = beside >= 0
    if not there.any():
        return
    distinct, own = np.unique(words, return_inverse=True)
    pieces, made_of = _narrow(table.made_of[distinct])
    said = (made_of @ table.vectors[pieces])[own]  # (words, width)
    drawn = np.searchsorted(targets.chance, rng.random(CHANCE), side="right")
    row, column = np.nonzero(there)
    rows, place = np.unique(np.concatenate([beside[row, column], drawn]), return_inverse=True)
    near, drawn = place[: len(row)], place[len(row) :]
    vectors = targets.vectors[rows]
    chance = vectors[drawn]  # (CHANCE, width)
    pull = 1 / (1 + np.exp(-np.einsum("pw,pw->p", said[row], vectors[near]))) - 1  # (pairs,) below 0
    heard = there.sum(axis=1).astype(np.float32) * np.float32(negatives / CHANCE)
    push = heard[:, None] / (1 + np.exp(-(said @ chance.T)))  # (words, CHANCE)
    pulls = _sums(pull, row, near, (len(words), len(rows)))
    slope = pulls @ vectors + push @ chance  # (words, width)
    same = _sums(np.ones(len(own), np.float32), own, np.arange(len(own)), (len(distinct), len(own)))
    _moved(table.vectors, table.squares, pieces, made_of.T @ (same @ slope), rate)
    from_chance = _sums(np.ones(CHANCE, np.float32), drawn, np.arange(CHANCE), (len(rows), CHANCE))
    _moved(targets.vectors, targets.squares, rows, pulls.T @ said + from_chance @ (push.T @ said), rate)


def _narrow(made_of: Any) -> tuple[Ints, Any]:
    """The pieces that some words are made of, and of which of these each is the mean."""
    sparse = need("scipy.sparse", "word vectors")
    pieces, place = np.unique(made_of.indices, return_inverse=True)
    return pieces, sparse.csr_matrix((made_of.data, place, made_of.indptr), shape=(made_of.shape[0], len(pieces)))


def _sums(values: Floats, rows: Ints, columns: Ints, shape: tuple[int, int]) -> Any:
    """A sparse matrix with these entries, those of one place added."""
    sparse = need("scipy.sparse", "word vectors")
    return sparse.csr_matrix((np.asarray(values, np.float32), (rows, columns)), shape=shape)


def _moved(vectors: Floats, squares: Floats, rows: Ints, slopes: Floats, rate: float) -> None:
    """Adagrad with one sum of squares a row."""
    squares[rows] += (slopes**2).mean(axis=1)
    vectors[rows] -= np.float32(rate) * slopes / np.sqrt(squares[rows] + SMALL)[:, None]
