"""How do texts become a sparse matrix of weighted n-grams, and how is that kept as arrays?

Weights are tf-idf with every row scaled to length one over words and characters together: 1 + ln(count), or the count,
times 1 + ln((1 + rows) / (1 + rows with it)) (Salton & Buckley 1988, in scikit-learn's smoothed form).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.errors import InputError
from naeum.model.text.grams import Grams, Stream, learn, most_frequent

WORD = re.compile(r"\w+|[^\w\s]")  # words, and every other sign by itself: ! and ? tell much about a review
LEARNED_SYMBOLS = 20_000_000  # the vocabulary is learned from about so many characters (2 GiB at work), evenly spread
CHUNK_SYMBOLS = 2_000_000  # characters counted at a time (200 MiB at work)


@dataclass(frozen=True)
class Pieces:
    """Which n-grams are looked for.

    Args:
        words, chars: shortest and longest n-gram; (0, 0) for none. Those of characters run across words.
        min_df: in how many rows of fit an n-gram must stand.
        max_features: how many, the most frequent ones, are kept.
        lowercase: whether A and a are one.
        sublinear: whether counts enter as 1 + ln(count).

    Raises:
        InputError: a range is not one, or both are empty.
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (2, 5)
    min_df: int = 2
    max_features: int = 300_000
    lowercase: bool = True
    sublinear: bool = True

    def __post_init__(self) -> None:
        for name, (low, high) in (("words", self.words), ("chars", self.chars)):
            if (low, high) != (0, 0) and not 1 <= low <= high:
                raise InputError(
                    f"{name} must be (low, high) with 1 <= low <= high; got {(low, high)}; (0, 0) for none"
                )
        if self.words == (0, 0) == self.chars:
            raise InputError("n-grams must be of words or of characters; got neither; give one of them a range")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Known n-grams with their inverse document frequency. Immutable, and safe to use from many threads."""

    pieces: Pieces
    words: tuple[str, ...]
    alphabet: npt.NDArray[np.uint32]  # code points, sorted
    word_grams: Grams | None
    char_grams: Grams | None
    idf: Floats  # (width,)
    number: Mapping[str, int] = field(init=False, repr=False)  # of each word

    def __post_init__(self) -> None:
        object.__setattr__(self, "number", {word: index for index, word in enumerate(self.words)})

    @property
    def width(self) -> int:
        return len(self.idf)

    def weighted(self, texts: Sequence[str]) -> Any:
        """The tf-idf weights, CSR (rows, width) float32; a row without known n-grams is empty."""
        return weigh(self.counted(texts), self.idf, self.pieces.sublinear)

    def counted(self, texts: Sequence[str]) -> Any:
        """How often each known n-gram stands in each text, CSR (rows, width) float32."""
        import scipy.sparse as sp

        blocks = [self._counted(texts[start:stop]) for start, stop in _chunks(texts)]
        return blocks[0] if len(blocks) == 1 else sp.vstack(blocks, format="csr")

    def _counted(self, texts: Sequence[str]) -> Any:
        rows, columns, first = [], [], 0
        for grams, stream in self._streams(texts):
            row, column = grams.occurrences(stream)
            rows.append(row)
            columns.append(column + first)
            first += grams.width
        return _matrix(np.concatenate(rows), np.concatenate(columns), (len(texts), first))

    def _streams(self, texts: Sequence[str]) -> list[tuple[Grams, Stream]]:
        found = []
        lowered = [text.lower() for text in texts] if self.pieces.lowercase else texts
        if self.word_grams is not None:
            split = [WORD.findall(text) for text in lowered]
            codes = np.array([self.number.get(word, -1) for words in split for word in words], np.int64)
            found.append((self.word_grams, Stream(codes, _offsets([len(words) for words in split]))))
        if self.char_grams is not None:
            points, offsets = _points(lowered)
            at = np.searchsorted(self.alphabet, points)
            known = self.alphabet[np.minimum(at, len(self.alphabet) - 1)] == points if len(self.alphabet) else at < 0
            found.append((self.char_grams, Stream(np.where(known, at, -1), offsets)))
        return found

    def names(self) -> list[str]:
        """Every n-gram as text: words joined by a space, then characters."""
        found: list[str] = []
        if self.word_grams is not None:
            found += [" ".join(self.words[code] for code in run) for run in self.word_grams.spelled()]
        if self.char_grams is not None:
            found += ["".join(chr(self.alphabet[code]) for code in run) for run in self.char_grams.spelled()]
        return found

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All of it but `pieces`, as arrays: words as one run of bytes with offsets."""
        encoded = [word.encode("utf-8", "surrogatepass") for word in self.words]
        found: dict[str, npt.NDArray[Any]] = {
            "idf": self.idf,
            "alphabet": self.alphabet,
            "words": np.frombuffer(b"".join(encoded), np.uint8),
            "word_offsets": _offsets([len(word) for word in encoded]),
        }
        for name, grams in (("word", self.word_grams), ("char", self.char_grams)):
            if grams is not None:
                found |= {f"{name}_grams.{n}": level for n, level in enumerate(grams.levels, 1)}
        return found

    @classmethod
    def of(cls, pieces: Pieces, arrays: Mapping[str, npt.NDArray[Any]]) -> Vocabulary:
        """What `arrays` gave, read back."""
        blob, offsets = arrays["words"].tobytes(), arrays["word_offsets"].tolist()
        words = (blob[a:b].decode("utf-8", "surrogatepass") for a, b in itertools.pairwise(offsets))

        def grams(name: str, lengths: tuple[int, int]) -> Grams | None:
            if lengths == (0, 0):
                return None
            return Grams(lengths[0], tuple(arrays[f"{name}_grams.{n}"] for n in range(1, lengths[1] + 1)))

        both = grams("word", pieces.words), grams("char", pieces.chars)
        return cls(pieces, tuple(words), arrays["alphabet"], *both, arrays["idf"])


def weigh(counts: Any, idf: Floats, sublinear: bool) -> Any:
    """Counts (CSR) as tf-idf weights, every row of length one."""
    import scipy.sparse as sp

    values = (1 + np.log(counts.data) if sublinear else counts.data) * idf[counts.indices]
    lengths = np.diff(counts.indptr)
    row = np.repeat(np.arange(len(lengths)), lengths)
    norms = np.sqrt(np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=len(lengths)))
    values = (values / norms[row]).astype(np.float32)
    return sp.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)


def build(texts: Sequence[str], pieces: Pieces) -> tuple[Vocabulary, Any]:
    """The vocabulary of texts, and their weighted matrix."""
    sample = _spread(texts)
    lowered = [text.lower() for text in sample] if pieces.lowercase else sample
    words: tuple[str, ...] = ()
    alphabet = np.empty(0, np.uint32)
    found: list[tuple[Grams, Ints]] = []
    if pieces.words != (0, 0):
        index: dict[str, int] = {}
        split = [WORD.findall(text) for text in lowered]
        codes = np.array([index.setdefault(word, len(index)) for one in split for word in one], np.int64)
        stream = Stream(codes, _offsets([len(one) for one in split]))
        grams, frequency, known = learn(stream, len(index), pieces.words, pieces.min_df)
        names = list(index)
        words = tuple(names[code] for code in known)
        found.append((grams, frequency))
    if pieces.chars != (0, 0):
        points, offsets = _points(lowered)
        alphabet, codes = np.unique(points, return_inverse=True)
        grams, frequency, known = learn(Stream(codes, offsets), len(alphabet), pieces.chars, pieces.min_df)
        alphabet = alphabet[known]
        found.append((grams, frequency))
    keeps = most_frequent([frequency for _, frequency in found], pieces.max_features)
    slim = [grams.kept(keep) for (grams, _), keep in zip(found, keeps, strict=True)]
    if pieces.words != (0, 0):
        words = tuple(words[code] for code in slim[0][1])
    if pieces.chars != (0, 0):
        alphabet = alphabet[slim[-1][1]]
    grams_of_words = slim[0][0] if pieces.words != (0, 0) else None
    grams_of_chars = slim[-1][0] if pieces.chars != (0, 0) else None
    width = sum(grams.width for grams, _ in slim)
    raw = Vocabulary(pieces, words, alphabet, grams_of_words, grams_of_chars, np.ones(width, np.float32))
    counts = raw.counted(texts)
    rows_with = np.bincount(counts.indices, minlength=width)
    idf = (1 + np.log((1 + len(texts)) / (1 + rows_with))).astype(np.float32)
    vocabulary = Vocabulary(pieces, words, alphabet, grams_of_words, grams_of_chars, idf)
    return vocabulary, weigh(counts, idf, pieces.sublinear)


def _spread(texts: Sequence[str]) -> Sequence[str]:
    """All texts, or evenly spread ones of about LEARNED_SYMBOLS characters."""
    total = sum(map(len, texts))
    if total <= LEARNED_SYMBOLS:
        return texts
    step = -(-total // LEARNED_SYMBOLS)
    return texts[::step]


def _points(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Ints]:
    """Code points of texts with single spaces between words and at both ends, and where each text starts."""
    ready = [f" {' '.join(words)} " if (words := text.split()) else "" for text in texts]
    points = np.frombuffer("".join(ready).encode("utf-32-le", "surrogatepass"), np.uint32)
    return points, _offsets([len(text) for text in ready])


def _offsets(lengths: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.int64)


def _chunks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Ranges of rows of about CHUNK_SYMBOLS characters each, at least one."""
    place = np.cumsum([len(text) + 2 for text in texts], dtype=np.int64) // CHUNK_SYMBOLS
    starts = [0, *(np.flatnonzero(np.diff(place)) + 1).tolist()] if len(texts) else [0]
    return list(zip(starts, [*starts[1:], len(texts)], strict=True))


def _matrix(rows: Ints, columns: Ints, shape: tuple[int, int]) -> Any:
    """How often each (row, column) occurs, CSR float32 with columns in order."""
    import scipy.sparse as sp

    width = max(shape[1], 1)
    pairs = np.sort(rows * width + columns)
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    starts = np.flatnonzero(first)
    counts = np.diff(np.append(starts, len(pairs))).astype(np.float32)
    pairs = pairs[starts]
    row_starts = np.searchsorted(pairs, np.arange(shape[0] + 1) * width)
    return sp.csr_array((counts, (pairs % width).astype(np.int32), row_starts.astype(np.int32)), shape=shape)
