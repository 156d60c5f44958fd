"""What hints does a passage give, by hand-made rules, that an answer begins or ends at a unit?

What stands there and beside it, what kind of thing the question asks for, which words of the question stand how near,
and how much of the question its sentence says. A hint is a number below BUCKETS, a hash of what it says.

Source: Rajpurkar et al. 2016, "SQuAD" (section 5: logistic regression on candidate answers; these hints follow its).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.model.spans.asked import Asked
from naeum.passages import SINGLE, units

Keys = npt.NDArray[np.uint64]

BITS = 18
BUCKETS = 1 << BITS  # of hints: a few hundred thousand differ in ten thousand questions, and few of them matter
STEM = 6  # letters of a word, without its ending, that must agree
ENDINGS = ("ing", "ed", "es", "s", "e")  # the longest that fits is taken away where three letters stay
SENTENCE_ENDS = frozenset(".!?。！？…")
NEAR = (1, 2, 3, 5, 9, 17, 33)  # units: distances are told apart at these
SHARES = 5  # steps in which the share of the question that a sentence says is told
MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: spreads numbers that lie close (Knuth 1973)
SHIFT = np.uint64(31)
# What a question asks for: the first line of which a mark stands in it.
KINDS = (
    ("who", ("who", "whom", "whose", "누구", "누가")),
    ("when", ("when", "what year", "which year", "what date", "what day", "언제", "몇 년", "몇년", "연도", "날짜")),
    ("where", ("where", "어디")),
    ("count", ("how many", "how much", "how old", "how long", "how far", "몇", "얼마")),
    ("why", ("why", "왜", "이유")),
    ("how", ("how", "어떻게")),
    ("what", ("what", "which", "무엇", "뭐", "무슨", "어느", "어떤", "이름")),
)
# Words that stand in every question and say nothing of where its answer is.
EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "from",
        "with",
        "is",
        "was",
        "were",
        "are",
        "be",
        "been",
        "did",
        "do",
        "does",
        "has",
        "have",
        "had",
        "and",
        "or",
        "that",
        "this",
        "it",
        "its",
        "what",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "why",
        "how",
        "many",
        "much",
        "s",
    ]
)
_KINDS = [
    (name, re.compile("|".join(rf"\b{mark}" if mark.isascii() else mark for mark in marks))) for name, marks in KINDS
]
_SINGLE = re.compile(f"[{SINGLE}]")


@dataclass(frozen=True, eq=False)
class Marked:
    """The units of passages, one row after the other, with what is seen of them. All arrays are (units,)."""

    offsets: Ints  # (rows + 1,)
    text: Keys  # hash of the unit in lower case
    sort: Ints  # digits, capital, word, single character, sign, …; 0: no answer
    gap: npt.NDArray[np.bool_]  # whether a blank stands before it
    asked: npt.NDArray[np.bool_]  # whether it stands in the question
    sentence: Ints  # number of its sentence, over all rows
    kind: Keys  # of what the question asks for, the same in a row
    head: Keys  # the word beside the question word, the same in a row
    terms: Ints  # (rows,) how many words of the question could be found

    @cached_property
    def row(self) -> Ints:
        """The row of each unit."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def beside(self, values: npt.NDArray[np.generic], by: int) -> Keys:
        """(units,) the value `by` units further in the same row; 1 where there is none."""
        at = np.arange(len(values)) + by
        inside = (at >= 0) & (at < len(values))
        at = np.clip(at, 0, max(len(values) - 1, 0))
        inside &= (self.row[at] == self.row) & (self.sort[at] > 0)
        return np.where(inside, values[at].astype(np.uint64), np.uint64(1))

    def nearest(self, by: int) -> tuple[Ints, Keys]:
        """How far the next unit of the question is, to the left (by -1) or right (1), and which; 0 where none is."""
        count = len(self.text)
        order = np.arange(count) if by < 0 else np.arange(count)[::-1]
        last, found = np.full(count, -1), np.where(self.asked, np.arange(count), -1)[order]
        if count:
            seen = np.maximum.accumulate(np.where(found >= 0, np.arange(count), -1))
            before = np.concatenate([[-1], seen[:-1]])
            last[order] = np.where(before >= 0, found[np.maximum(before, 0)], -1)
        there = (last >= 0) & (self.row[np.maximum(last, 0)] == self.row)
        far = np.where(there, np.abs(np.arange(count) - last), 0)
        return np.where(there, np.searchsorted(NEAR, far, side="right"), 0), np.where(
            there, self.text[last], np.uint64(0)
        )

    def said(self) -> tuple[Ints, Ints]:
        """How much of the question the sentence of each unit says, and how much less than the best of the passage."""
        if not len(self.text):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        pairs = np.unique(np.stack([self.sentence, self.text.view(np.int64)])[:, self.asked], axis=1)
        counts = np.bincount(pairs[0], minlength=int(self.sentence[-1]) + 1)[self.sentence]
        best = np.maximum.reduceat(counts, self.offsets[:-1])
        share = counts / np.maximum(self.terms, 1)[self.row]
        return np.minimum((SHARES * share).round().astype(np.int64), SHARES), np.minimum(best[self.row] - counts, 3)


def hints(asked: Asked) -> npt.NDArray[np.uint32]:
    """(units, hints) the numbers of the hints of every unit, each below BUCKETS."""
    seen = mark(asked)
    text, sort = seen.text, seen.sort.astype(np.uint64)
    form = sort * np.uint64(2) + seen.gap
    (left, lefts), (right, rights), (said, less) = seen.nearest(-1), seen.nearest(1), seen.said()
    before, after = seen.beside(text, -1), seen.beside(text, 1)
    forms = [seen.beside(form, by) for by in (-2, -1, 1, 2)]
    found = seen.asked.astype(np.uint64)
    around = seen.beside(found, -1) * np.uint64(16) + found * np.uint64(4) + seen.beside(found, 1)
    kind, head, near = seen.kind, seen.head, (left * 8 + right).astype(np.uint64)
    place = (said * 4 + less).astype(np.uint64)
    columns = (
        (form,), (text,), (before, form), (form, after), (forms[1], form, forms[2]), (forms[0], forms[1], form),
        (form, forms[2], forms[3]), (kind, form), (kind, text), (kind, forms[1], form, forms[2]), (kind, before),
        (kind, after), (head, form), (head, before), (head, after), (head, text), (before, after), (around,),
        (kind, around), (near,), (kind, left.astype(np.uint64), form), (kind, right.astype(np.uint64), form), (place,),
        (kind, place, form), (place, near), (lefts, left.astype(np.uint64)), (rights, right.astype(np.uint64)),
        (lefts, form), (rights, form), (seen.beside(text, -2), before), (after, seen.beside(text, 2)),
        (_first(seen), form),
    )  # fmt: skip
    nothing, best = seen.sort == 0, np.zeros(len(text), np.uint64)
    if len(text):
        best = np.maximum.reduceat(said, seen.offsets[:-1]).astype(np.uint64)[seen.row]
    none = ((kind,), (head,), (best,), (kind, best), (head, best))
    numbers = np.zeros((len(text), len(columns)), np.uint32)
    for at, parts in enumerate(columns):
        numbers[:, at] = _bucket(parts, at)
        if nothing.any():
            others = none[at] if at < len(none) else none[0]
            numbers[nothing, at] = _bucket(tuple(one[nothing] for one in others), 100 + min(at, len(none)))
    return numbers


def mark(asked: Asked) -> Marked:
    """What is seen of the units of passages and of the questions."""
    numbers: dict[str, int] = {}
    kept = [_row(question, passage, numbers) for question, passage in zip(asked.questions, asked.passages, strict=True)]
    hashes = np.array([_hash(word) for word in numbers] or [0], np.uint64)
    codes, sorts, gaps, found, ends = (
        np.concatenate([np.empty(0, np.int64), *(one[at] for one in kept)]).astype(np.int64) for at in range(5)
    )
    sizes = np.diff(asked.units.offsets)
    begins = np.zeros(len(codes), np.int64)
    begins[1:] = ends[:-1]
    begins[asked.units.offsets[:-1]] = 1  # of a passage: a sentence never goes on from the passage before
    kinds, heads = zip(*(_asks(question) for question in asked.questions), strict=True) if len(asked) else ((), ())
    return Marked(
        asked.units.offsets, hashes[codes] if len(codes) else np.empty(0, np.uint64), sorts, gaps.astype(np.bool_),
        found.astype(np.bool_), np.cumsum(begins) - 1, np.repeat(np.array(kinds, np.uint64), sizes),
        np.repeat(np.array(heads, np.uint64), sizes), np.array([one[5] for one in kept], np.int64),
    )  # fmt: skip


def _row(question: str, passage: str, numbers: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints, Ints, int]:
    """Number of the text of each unit, its sort, gap, if it is asked, if it ends a sentence; terms of the question."""
    spans = units(passage)
    low = passage.lower() if len(passage.lower()) == len(passage) else passage
    words = [low[a:b] for a, b in spans]
    terms = set(_terms(*_words(question)))
    own = _words(passage)
    asked = np.zeros(len(words) + 1, np.int64)
    for at, term in enumerate(_stems(*own), start=1):
        if term in terms:
            asked[at] = 1
            if _SINGLE.match(term):
                asked[at + 1] = 1  # two characters that stand side by side
    gaps = np.ones(len(words) + 1, np.int64)
    gaps[2:] = spans[1:, 0] > spans[:-1, 1]
    ends = np.array([0, *(word in SENTENCE_ENDS for word in words)], np.int64)
    ends[1:-1] &= gaps[2:]  # the point of 3.5 ends nothing
    codes = np.array([numbers.setdefault(word, len(numbers)) for word in ("\x00", *words)], np.int64)
    sorts = np.array([0, *(_sort(passage[a:b]) for a, b in spans)], np.int64)
    return codes, sorts, gaps, asked, ends, len(terms)


def _words(text: str) -> tuple[list[str], Ints]:
    spans = units(text)
    low = text.lower() if len(text.lower()) == len(text) else text
    return [low[a:b] for a, b in spans], spans


def _stems(words: list[str], spans: Ints) -> list[str]:
    """What each unit is known by: a word by its beginning, a character together with the one that follows."""
    found = []
    for at, word in enumerate(words):
        if _SINGLE.match(word):
            goes_on = at + 1 < len(words) and spans[at + 1, 0] == spans[at, 1] and _SINGLE.match(words[at + 1])
            found.append(word + words[at + 1] if goes_on else "")
        else:
            found.append(_stem(word) if word.isalnum() and word not in EMPTY else "")
    return found


def _stem(word: str) -> str:
    """The beginning of a word that its forms share.

    Example:
        >>> _stem("lives"), _stem("live"), _stem("1990")
        ('liv', 'liv', '1990')
    """
    tail = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
    return word[: len(word) - len(tail)][:STEM]


def _terms(words: list[str], spans: Ints) -> list[str]:
    return [stem for stem in _stems(words, spans) if stem]


def _sort(word: str) -> int:
    if _SINGLE.match(word):
        return 1
    if word.isdigit():
        return 2 if len(word) == 4 else 3
    if word.isalpha():
        return 4 if word.isupper() else 5 if word[0].isupper() else 6
    return 7 if word in SENTENCE_ENDS else 8 if word in "([{<《〈“‘\"'" else 9 if word in ")]}>》〉”’" else 10


def _asks(question: str) -> tuple[int, int]:
    """Hashes of what a question asks for, and of the word that follows the question word, or goes before it."""
    low = question.lower()
    for name, marks in _KINDS:
        if found := marks.search(low):
            after = low[found.end() :].split()
            words = (
                after
                if after and not _SINGLE.match(after[0][:1])
                else [*after[1:], *low[: found.start()].split()[::-1]]
            )
            head = next((word.strip("?.,!") for word in words if word.strip("?.,!") not in EMPTY), "")
            return _hash(name), _hash(head[:2] if _SINGLE.match(head[:1]) else _stem(head))
    return _hash("other"), _hash("")


def _first(seen: Marked) -> Keys:
    """Whether a unit begins its sentence, or a word."""
    begins = np.ones(len(seen.sentence), np.uint64)
    begins[1:] = seen.sentence[1:] != seen.sentence[:-1]
    return begins * np.uint64(2) + seen.gap


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _bucket(parts: tuple[npt.NDArray[np.generic], ...], salt: int) -> npt.NDArray[np.uint32]:
    """One number below BUCKETS of several hashes, by their order."""
    mixed = np.full(len(parts[0]), salt + 1, np.uint64) * MIX
    for part in parts:
        mixed = (mixed ^ (mixed >> SHIFT)) * MIX + part.astype(np.uint64)
    mixed = (mixed ^ (mixed >> SHIFT)) * MIX
    return (mixed >> np.uint64(64 - BITS)).astype(np.uint32)
