"""Does a tagger get better with sentences in which names stand for other names of their type?

A made sentence is one of fit in which mentions are exchanged for others of the same type that fit rows hold, words
outside for other words outside, and some of these are left out. Its tags follow, so nothing is labelled by guess.

References:
    Dai & Adel 2020, "An analysis of simple data augmentation for named entity recognition" (mention replacement,
    label-wise token replacement).
    Iyyer et al. 2015, "Deep unordered composition rivals syntactic methods" (word dropout).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import AUGMENTED, REAL, Dataset, InputKind, OutputKind, Parts, Run, Shape
from naeum.errors import InputError
from naeum.measure.entities import entities, split
from naeum.model.around.through import Through
from naeum.values import Real, setting

MOST_SHARE = 8  # made sentences a real one
MOST_DROPPED = 0.5  # of the words outside
DICE = 0.1  # chance of a word outside to be exchanged for another

Sentence = tuple[list[str], list[int]]  # words and codes of their tags
Mentions = Mapping[int, Sequence[Sentence]]  # of each type


@dataclass(frozen=True)
class Swapped:
    """`inner` fitted on the fit rows and on sentences made from them; tune stays as it is.

    Args:
        inner: a learner of tags.
        share: made sentences a real one.
        swap: chance of a mention to be exchanged for another of its type.
        drop: chance of a word outside to be left out.

    Raises:
        InputError: a number is out of its range.

    Example:
        >>> from naeum.model.tags.crf import Crf
        >>> Swapped(Crf()).rows_factor
        2.0
    """

    inner: Any = None
    share: float = setting(1.0, Real(0.25, 4.0, log=True))
    swap: float = setting(0.5, Real(0.1, 1.0))
    drop: float = setting(0.05, Real(0.0, 0.3))

    kind: ClassVar[str] = "swapped"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})

    def __post_init__(self) -> None:
        if not (0 < self.share <= MOST_SHARE and 0 <= self.swap <= 1 and 0 <= self.drop <= MOST_DROPPED):
            raise InputError(
                f"share must be above 0 and at most {MOST_SHARE}, swap in [0, 1] and drop in [0, {MOST_DROPPED}]; got "
                f"{self.share}, {self.swap} and {self.drop}; leave them out to use the defaults"
            )

    @property
    def rows_factor(self) -> float:
        """How many times its own rows the inner learner learns from: what its time is forecast by."""
        return 1.0 + self.share

    def fit(self, parts: Parts, run: Run) -> Through:
        """Make the sentences and fit the inner learner on all."""
        fit = swapped(parts.fit, self, run.seed)
        run.report(0, 1, None, f"{len(fit) - len(parts.fit):,} sentences made from {len(parts.fit):,}")
        return Through(run.fit(self.inner, Parts(fit, parts.tune)))


def swapped(data: Dataset, how: Swapped, seed: int) -> Dataset:
    """The rows of `data` and, after them, the sentences made from its real tagged rows.

    A made row has the weight and group of the row it was made from; one that came out as it was is left out.

    Example:
        >>> from naeum.model.tags.crf import Crf
        >>> from naeum.testing.worlds import tags
        >>> more = swapped(tags.make(8), Swapped(Crf(), share=0.5), seed=0)
        >>> len(more), more.origin.tolist()[-1], more.parent[-1] in tags.make(8).ids
        (10, 1, True)
    """
    import pyarrow as pa

    column = data.task.inputs[0]
    words = [["" if word is None else word for word in row or ()] for row in data.rows.column(column).to_pylist()]
    codes = [row or [] for row in data.truth.to_pylist()]
    real = np.flatnonzero((data.target >= 0) & (data.origin == REAL) & (data.weight > 0))
    real = np.array([at for at in real if len(words[at]) == len(codes[at]) > 0], np.int64)
    mentions, outside = _lexicon([(words[at], codes[at]) for at in real], data)
    at: list[int] = []
    made: list[Sentence] = []
    seen = {(int(one), tuple(words[one])) for one in real}
    for place in _sources(len(real), how.share, seed):
        source = int(real[place])
        rng = np.random.default_rng([seed, len(at) + 1, int(data.ids[source] % 2**63)])
        sentence = _made((words[source], codes[source]), data, mentions, outside, (how, rng))
        if (source, tuple(sentence[0])) not in seen:
            seen.add((source, tuple(sentence[0])))
            at.append(source)
            made.append(sentence)
    rows = pa.table({column: pa.array([words for words, _ in made], data.rows.schema.field(column).type)})
    truth = pa.array([codes for _, codes in made], data.truth.type)
    ids = np.array([_hash(int(data.ids[source]), seed, number) for number, source in enumerate(at)], np.uint64)
    key = values.digest(values.canonical([data.key, "swapped", how.share, how.swap, how.drop, seed]))
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(data, name), getattr(data, name)[at]]) if at else getattr(data, name)
        for name in ("target", "weight", "group")
    }
    return replace(
        data,
        rows=pa.concat_tables([data.rows.select([column]), rows]),
        truth=pa.chunked_array([*data.truth.chunks, truth]),
        ids=np.concatenate([data.ids, ids]),
        origin=np.concatenate([data.origin, np.full(len(at), AUGMENTED, np.uint8)]),
        parent=np.concatenate([data.parent, data.ids[at]]) if at else data.parent,
        key=key,
        **arrays,
    )


def _lexicon(sentences: Sequence[Sentence], data: Dataset) -> tuple[Mentions, Sequence[tuple[str, int]]]:
    """The mentions of each type, and the words outside, as often as they stand in the sentences."""
    outside_codes = {at for at, name in enumerate(data.task.classes) if name == "O"}
    mentions: dict[int, list[Sentence]] = {}
    outside: list[tuple[str, int]] = []
    for words, codes in sentences:
        for first, end, kind in _spans(codes, data):
            mentions.setdefault(kind, []).append((words[first:end], codes[first:end]))
        outside += [(word, code) for word, code in zip(words, codes, strict=True) if code in outside_codes]
    return mentions, outside


def _made(
    sentence: Sentence,
    data: Dataset,
    mentions: Mentions,
    outside: Sequence[tuple[str, int]],
    by: tuple[Swapped, np.random.Generator],
) -> Sentence:
    """One sentence with other mentions and other, or fewer, words outside; never an empty one."""
    (words, codes), (how, rng) = sentence, by
    spans = {first: (end, kind) for first, end, kind in _spans(codes, data)}
    found: Sentence = ([], [])
    at = 0
    while at < len(words):
        end, kind = spans.get(at, (at + 1, -1))
        piece = (words[at:end], codes[at:end])
        if kind >= 0 and rng.random() < how.swap:
            piece = mentions[kind][int(rng.integers(len(mentions[kind])))]
        elif kind < 0 and data.task.classes[codes[at]] == "O":
            chance = rng.random()
            if chance < how.drop and len(words) > 1:
                piece = ([], [])
            elif chance < how.drop + DICE:
                word, code = outside[int(rng.integers(len(outside)))]
                piece = ([word], [code])
        found[0].extend(piece[0])
        found[1].extend(piece[1])
        at = end
    return found if found[0] else sentence


def _spans(codes: Sequence[int], data: Dataset) -> list[tuple[int, int, int]]:
    """First word, word after the last, and type of each mention; none where tags mark no entities."""
    if not any(split(name)[1] for name in data.task.classes) or not len(codes):
        return []
    found = entities(np.asarray(codes, np.int64), np.array([0, len(codes)]), data.task.classes)
    return [(int(first), int(end), int(kind)) for first, end, kind in found.tolist()]


def _sources(count: int, share: float, seed: int) -> list[int]:
    """The place of the source of every sentence to make: whole rounds, then some once more."""
    whole, rest = divmod(round(share * count), max(count, 1))
    return [*list(range(count)) * whole, *sorted(np.random.default_rng(seed).permutation(count)[:rest].tolist())]


def _hash(*parts: int) -> int:
    text = "\x1f".join(map(str, ("swapped", *parts)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
