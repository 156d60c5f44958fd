"""Which patterns can be read off a word and its neighbours by hand-made rules?

The word, its beginnings and endings, its shape and case, in Korean its stem and particle; of the words around it less.
A pattern is a 64-bit hash of what it says and where it stands, so a vocabulary is an array of numbers.

Source: Lafferty, McCallum & Pereira 2001, "Conditional random fields"; Ratnaparkhi 1996 (the patterns).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.model.tags.looks import HANGUL, case_of, look
from naeum.model.tags.sentences import Sentences, distinct

Keys = npt.NDArray[np.uint64]

AFFIX = 4  # characters of the longest beginning and ending
REACH = 2  # words to the left and to the right
LONGEST = 40  # characters of a word that are read
NOTHING = "\x00"  # stands for the word before the first and after the last
MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: spreads numbers that lie close (Knuth 1973)
SHIFT = np.uint64(31)
# Particles that stand after a Korean noun, the longest first.
PARTICLES = (
    "에서는", "으로는", "에게서", "이라고", "이라는", "에서도", "까지는", "부터는", "에서", "에게", "으로",
    "까지", "부터", "처럼", "보다", "라고", "하고", "이나", "에는", "에도", "로서", "조차", "마저", "밖에",
    "라는", "이며", "이고", "은", "는", "이", "가", "을", "를", "의", "에", "께", "로", "와", "과", "도", "만",
    "나", "야",
)  # fmt: skip
RUNS = re.compile(r"(.)\1+")


def patterns_of(word: str) -> list[str]:
    """What is said of the word itself.

    Example:
        >>> [said for said in patterns_of("서울에서") if said.startswith(("stem", "particle", "end2"))]
        ['end2=에서', 'stem=서울', 'particle=에서']
    """
    word = word[:LONGEST]
    low = word.lower()
    sizes = range(1, min(AFFIX, len(low)) + 1)
    return [
        f"word={low}",
        f"written={word}",
        f"shape={shape(word)}",
        f"short={short(word)}",
        *(f"begin{size}={low[:size]}" for size in sizes),
        *(f"end{size}={low[-size:]}" for size in sizes),
        *(f"look{at}" for at, seen in enumerate(look(word)) if seen),
        *_korean(word),
        "any",
    ]


def outline_of(word: str) -> list[str]:
    """What is said of it as a neighbour."""
    word = word[:LONGEST]
    low = word.lower()
    return [f"word={low}", f"short={short(word)}", f"case={case_of(word)}", f"begin3={low[:3]}", f"end3={low[-3:]}"]


def pieces_of(word: str) -> list[str]:
    """The runs of three characters of a word, its edges marked.

    Example:
        >>> pieces_of("Seoul")
        ['piece=^se', 'piece=seo', 'piece=eou', 'piece=oul', 'piece=ul$']
    """
    marked = f"^{word[:LONGEST].lower()}$"
    return list(dict.fromkeys(f"piece={marked[at : at + 3]}" for at in range(len(marked) - 2)))


def shape(word: str) -> str:
    """Capitals, small letters, digits, Hangul and other signs as one letter each.

    Example:
        >>> shape("U2-서울")
        'Xd-hh'
    """
    return "".join(_kind(sign) for sign in word[:LONGEST])


def short(word: str) -> str:
    """The shape with runs as one letter.

    Example:
        >>> short("McDonald7")
        'XxXxd'
    """
    return RUNS.sub(r"\1", shape(word))


@dataclass(frozen=True, eq=False)
class Patterns:
    """The patterns of words: word i owns keys[offsets[i]:offsets[i + 1]]."""

    keys: Keys
    offsets: Ints

    def known(self, least: int, most: int) -> Keys:
        """The patterns that at least `least` words have, sorted; of more than `most`, the most frequent."""
        found, counts = np.unique(self.keys, return_counts=True)
        kept = np.flatnonzero(counts >= least)
        if len(kept) > most:
            kept = np.sort(kept[np.argsort(-counts[kept], kind="stable")[:most]])
        return found[kept]

    def among(self, known: Keys) -> tuple[Ints, Ints]:
        """The numbers of the known patterns, word after word, and (words + 1,) where those of each word begin."""
        at = np.searchsorted(known, self.keys)
        at[at == len(known)] = 0
        there = known[at] == self.keys if len(known) else np.zeros(len(self.keys), np.bool_)
        return at[there], np.concatenate([[0], np.cumsum(there)])[self.offsets]


def matrix_of(found: Patterns, known: Keys) -> Any:
    """CSR (words, known) of ones."""
    from scipy.sparse import csr_array

    at, rows = found.among(known)
    return csr_array((np.ones(len(at)), at, rows), shape=(len(found.offsets) - 1, len(known)))


def patterns(sentences: Sentences, *, pieces: bool = False) -> Patterns:
    """The patterns of every word; with `pieces` all runs of three of its characters, too.

    Example:
        >>> found = patterns(Sentences(["New", "York"], np.array([0, 2])))
        >>> len(found.offsets), matrix_of(found, found.known(1, 99)).shape[0]
        (3, 2)
    """
    words, which = distinct([*sentences.words, NOTHING])
    nothing, which = int(which[-1]), which[:-1]
    around = [_beside(which, sentences.offsets, by, nothing) for by in range(-REACH, REACH + 1)]
    own, outlines = (_table([describe(word) for word in words]) for describe in (patterns_of, outline_of))
    runs = _table([pieces_of(word) for word in words]) if pieces else None
    blocks = [_placed(own, which, 0)]
    blocks += [] if runs is None else [_placed(runs, which, 0)]
    blocks += [_placed(outlines, at, by) for by, at in zip(range(-REACH, REACH + 1), around, strict=True) if by]
    texts = np.array([_hash(word.lower()[:LONGEST]) for word in words], np.uint64)
    shapes = np.array([_hash(short(word)) for word in words], np.uint64)
    pairs = [
        _both(texts[around[low]], texts[around[high]], salt)
        for salt, (low, high) in enumerate([(1, 2), (2, 3), (1, 3), (0, 1), (3, 4)], start=10)
    ]
    pairs.append(_both(_both(shapes[around[1]], shapes[around[2]], 20), shapes[around[3]], 21))
    blocks.append((np.stack(pairs, axis=1).ravel(), np.full(len(which), len(pairs))))
    return _joined(blocks, len(which))


def _kind(sign: str) -> str:
    if sign.isupper():
        return "X"
    if sign.isdigit():
        return "d"
    if HANGUL[0] <= sign <= HANGUL[1]:
        return "h"
    return "x" if sign.isalpha() else sign


def _korean(word: str) -> list[str]:
    """Stem and particle of a word that ends in Hangul."""
    if not word or not HANGUL[0] <= word[-1] <= HANGUL[1]:
        return []
    tail = next((one for one in PARTICLES if word.endswith(one) and len(word) > len(one)), "")
    return [f"stem={word[: len(word) - len(tail)]}", f"particle={tail}"]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _table(said: list[list[str]]) -> tuple[Keys, Ints]:
    """The hashes of what is said of each word, and how many there are."""
    numbers: dict[str, int] = {}
    for rows in said:
        for text in rows:
            if text not in numbers:
                numbers[text] = _hash(text)
    flat = np.array([numbers[text] for rows in said for text in rows], np.uint64)
    return flat, np.array([len(rows) for rows in said], np.int64)


def _beside(which: Ints, offsets: Ints, by: int, nothing: int) -> Ints:
    """(words,) the word `by` places further in the same row, else `nothing`."""
    rows = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    at = np.arange(len(which)) + by
    inside = (at >= offsets[:-1][rows]) & (at < offsets[1:][rows])
    return np.where(inside, which[np.clip(at, 0, max(len(which) - 1, 0))], nothing) if len(which) else which


def _placed(table: tuple[Keys, Ints], which: Ints, by: int) -> tuple[Keys, Ints]:
    """The hashes of the words `which`, told apart by where they stand."""
    keys, sizes = table
    starts = np.cumsum(sizes) - sizes
    each = sizes[which]
    at = np.repeat(starts[which] - (np.cumsum(each) - each), each) + np.arange(int(each.sum()))
    return _both(keys[at], np.full(len(at), REACH + by, np.uint64), 1), each


def _both(one: Keys, other: Keys, salt: int) -> Keys:
    """One hash of two, by their order."""
    mixed = (one ^ (one >> SHIFT)) * MIX + other + np.uint64(salt)
    return np.asarray((mixed ^ (mixed >> SHIFT)) * MIX, np.uint64)


def _joined(blocks: list[tuple[Keys, Ints]], words: int) -> Patterns:
    """The patterns of several blocks, word by word."""
    sizes = np.sum([each for _, each in blocks], axis=0) if words else np.empty(0, np.int64)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    found, used = np.empty(int(offsets[-1]), np.uint64), offsets[:-1].copy()
    for keys, each in blocks:
        inside = np.arange(len(keys)) - np.repeat(np.cumsum(each) - each, each)
        found[np.repeat(used, each) + inside] = keys
        used += each
    return Patterns(found, offsets)
