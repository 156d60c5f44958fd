"""Which words has a text, and of which pieces is a word made?

A word is read as its pieces: itself, and the runs of a few letters in it (Bojanowski et al. 2017, "Enriching word
vectors with subword information"), so that a word that was never seen still means something. A Hangul syllable counts
as its letters (Park et al. 2018, "Subword-level word vector representations for Korean"): an ending may be less than a
syllable. Pieces are known by 64-bit hashes, which in practice never meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.model.text.characters import FIRST_SYLLABLE, LEADS, SYLLABLES, TAILS, VOWELS
from naeum.model.text.ngrams import MIX, SHIFT, STEP, runs

Hashes = npt.NDArray[np.uint64]

RUNS = (3, 4, 5)  # letters of a piece; a syllable has three
MOST_LETTERS = 40  # characters of a word that are read: what is longer is a link or noise
CHARACTERS_A_WORD = 32  # of a text that are looked at for each word that is wanted: enough, and an end to long ones
LEAST_COUNT = 2  # a piece that was seen once teaches nothing about itself
MOST_PIECES = 60_000  # that are known: of 100 numbers each, 24 megabytes
NOTHING = 0  # the number of a word without any known piece

_WORD = re.compile(r"\w+|[^\w\s]")
_JAMO = 0x110000  # the first number that is no character


@dataclass(frozen=True, eq=False)
class Pieces:
    """The pieces of words: those of word i are `hashes[offsets[i]:offsets[i + 1]]`, the word itself the last one."""

    hashes: Hashes
    offsets: Ints


def words_of(text: str, most: int) -> list[str]:
    """The words and signs of a text, composed and in lower case, at most so many.

    Example:
        >>> words_of("좋은 영화, GOOD!", 4)
        ['좋은', '영화', ',', 'good']
    """
    return _WORD.findall(unicodedata.normalize("NFC", text[: CHARACTERS_A_WORD * most]).lower())[:most]


def pieces_of(words: Sequence[str]) -> Pieces:
    """The pieces of each word, its ends marked.

    Example:
        >>> np.diff(pieces_of(["나", "go"]).offsets).tolist()  # <, ㄴ, ㅏ, no tail, >: 3 + 2 + 1 runs, and the word
        [7, 4]
    """
    codes, word = _letters(words)
    found = [runs(codes, word, size, salt=size) for size in RUNS]
    whole = _whole(codes, word, len(words))
    hashes = np.concatenate([*(one[0] for one in found), whole])
    owner = np.concatenate([*(one[1] for one in found), np.arange(len(words))])
    counts = np.bincount(owner, minlength=len(words)) if len(words) else np.zeros(0, np.int64)
    order = np.argsort(owner, kind="stable")
    return Pieces(hashes[order], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def vocabulary(found: Pieces, counts: Ints, most: int = MOST_PIECES) -> Hashes:
    """(pieces,) the hashes of the pieces seen at least twice, in ascending order; at most so many, the commonest.

    Args:
        found: the pieces of distinct words.
        counts: (words,) how often each stands.
    """
    hashes, which = np.unique(found.hashes, return_inverse=True)
    often = np.bincount(which, np.repeat(counts, np.diff(found.offsets)), len(hashes))
    kept = np.flatnonzero(often >= LEAST_COUNT)
    if len(kept) > most:
        kept = kept[np.lexsort((hashes[kept], -often[kept]))[:most]]
    return np.sort(hashes[kept])


def numbered(found: Pieces, known: Hashes) -> tuple[npt.NDArray[np.int32], Ints]:
    """The numbers of the known pieces of each word, from 1 on, and where those of each begin; NOTHING without any."""
    place = np.minimum(np.searchsorted(known, found.hashes), max(len(known) - 1, 0))
    there = known[place] == found.hashes if len(known) else np.zeros(len(found.hashes), np.bool_)
    word = np.repeat(np.arange(len(found.offsets) - 1), np.diff(found.offsets))
    counts = np.bincount(word[there], minlength=len(found.offsets) - 1)
    alone = np.flatnonzero(counts == 0)
    numbers = np.concatenate([place[there] + 1, np.full(len(alone), NOTHING)])
    order = np.argsort(np.concatenate([word[there], alone]), kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.maximum(counts, 1))]).astype(np.int64)
    return numbers[order].astype(np.int32), starts


def _letters(words: Sequence[str]) -> tuple[Hashes, Ints]:
    """The letters of all words with their ends marked, one word after the other, and the word of each letter."""
    ready = [f"<{word[:MOST_LETTERS]}>" for word in words]
    codes = np.frombuffer("".join(ready).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    word = np.repeat(np.arange(len(ready)), [len(one) for one in ready])
    syllable = codes - FIRST_SYLLABLE
    times = np.where((syllable >= 0) & (syllable < SYLLABLES), 3, 1)
    part = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    codes, syllable, three = (np.repeat(one, times) for one in (codes, syllable, times == 3))
    lead, vowel = syllable // (VOWELS * TAILS), LEADS + syllable // TAILS % VOWELS
    jamo = np.choose(part, (lead, vowel, LEADS + VOWELS + syllable % TAILS))
    return np.where(three, _JAMO + jamo, codes).astype(np.uint64), np.repeat(word, times)


def _whole(codes: Hashes, word: Ints, count: int) -> Hashes:
    """(words,) a hash of each whole word."""
    if not count:
        return np.empty(0, np.uint64)
    starts = np.searchsorted(word, np.arange(count))
    position = (np.arange(len(codes)) - starts[word]).astype(np.uint64)
    spread = (codes * MIX) ^ ((position + np.uint64(1)) * STEP)
    spread = (spread ^ (spread >> SHIFT)) * MIX
    return np.asarray(np.add.reduceat(spread, starts), np.uint64)
