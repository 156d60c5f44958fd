"""How good are tags of words, by the entities that they mark?

An entity is a run of words with its type; it is right where type, first and last word are. Runs are read as CoNLL does
(and seqeval, whose defaults these are): a B- begins one, an I- that follows another type or none begins one too.

Source: Tjong Kim Sang & De Meulder 2003, "Introduction to the CoNLL-2003 shared task".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Dataset, Ints, Outputs, Task
from naeum.errors import InputError
from naeum.measure.scored import Doubles, comparable, mean, ratio
from naeum.measure.words import sizes, tag_codes

PREFIXES = ("B", "I", "E", "S", "O")  # begin, inside, end, single, outside
LEAST_PROBABILITY = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class ScoredTags:
    """Sentences with a tag a word and the answers to them. Row i owns the words offsets[i]:offsets[i + 1]."""

    task: Task
    truth: Ints  # (words,) codes into task.classes
    predicted: Ints  # (words,)
    of_truth: Doubles  # (words,) the probability of the true tag
    offsets: Ints  # (rows + 1,)
    weight: Doubles  # (rows,)
    group: Ints  # (rows,)

    def __len__(self) -> int:
        return len(self.weight)

    @cached_property
    def words(self) -> Doubles:
        """(rows,) how many words a sentence has."""
        return np.diff(self.offsets).astype(np.float64)

    @cached_property
    def right_words(self) -> Doubles:
        """(rows,) how many of them have the right tag."""
        return self.sums(np.asarray(self.truth == self.predicted, np.float64))

    @cached_property
    def right(self) -> Doubles:
        """1.0 where every word has the right tag."""
        return np.asarray(self.right_words == self.words, np.float64)

    @cached_property
    def errors(self) -> Doubles:
        """Share of words with a wrong tag; 0 of a sentence without words."""
        return 1.0 - ratio(self.right_words, self.words, 1.0)

    @cached_property
    def counts(self) -> tuple[Doubles, Doubles, Doubles]:
        """(rows, types) each: entities that are true, that are answered, and that are both."""
        true, answered = (entities(codes, self.offsets, self.task.classes) for codes in (self.truth, self.predicted))
        both = np.intersect1d(true, answered, assume_unique=True)
        return self._tally(true), self._tally(answered), self._tally(both)

    def sums(self, values: Doubles) -> Doubles:
        """(rows,) the sum over the words of each row."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(total[self.offsets[1:]] - total[self.offsets[:-1]])

    def _tally(self, found: npt.NDArray[np.void]) -> Doubles:
        rows = np.searchsorted(self.offsets, found["first"], side="right") - 1
        kinds = len(types(self.task.classes))
        flat = np.bincount(rows * kinds + found["type"], minlength=len(self) * kinds)
        return flat.reshape(len(self), kinds).astype(np.float64)

    @classmethod
    def of(cls, outputs: Outputs, dataset: Dataset) -> ScoredTags:
        """The labelled rows of `dataset` with their answers.

        Raises:
            InputError: the answers do not belong to the words, hold NaN, or no row is labelled.
        """
        if dataset.task.output != "tags" or dataset.truth is None or outputs.offsets is None:
            raise InputError(
                f"these metrics must be given a tag a word; got the output {dataset.task.output!r}; "
                "choose another metric"
            )
        rows = comparable(outputs, dataset)
        codes, offsets = tag_codes(dataset)
        if not np.array_equal(offsets, outputs.offsets):
            raise InputError(
                f"there must be one answer a word; got {outputs.offsets[-1]} answers to {offsets[-1]} words; "
                "predict the same rows"
            )
        chosen = outputs.take(rows)
        kept = np.repeat(sets.isin(np.arange(len(dataset)), rows), np.diff(offsets))
        truth = codes[kept]
        return cls(
            task=dataset.task,
            truth=truth,
            predicted=chosen.codes,
            of_truth=_of_truth(chosen, truth),
            offsets=np.concatenate([[0], np.cumsum(sizes(dataset.rows[dataset.task.inputs[0]])[rows])]),
            weight=np.asarray(dataset.weight, np.float64)[rows],
            group=dataset.group[rows],
        )


def types(classes: Sequence[str]) -> tuple[str, ...]:
    """The types of entities that tags name.

    Example:
        >>> types(("O", "B-place", "I-place", "B-person"))
        ('person', 'place')
    """
    return tuple(sorted({split(name)[1] for name in classes} - {""}))


def split(tag: str) -> tuple[str, str]:
    """Prefix and type of a tag; a tag without a prefix marks no entity.

    Example:
        >>> split("B-creative-work"), split("O"), split("NOUN")
        (('B', 'creative-work'), ('O', ''), ('O', ''))
    """
    prefix, dash, kind = tag.partition("-")
    return (prefix, kind) if dash and kind and prefix in PREFIXES[:-1] else ("O", "")


def entities(codes: Ints, offsets: Ints, classes: Sequence[str]) -> npt.NDArray[np.void]:
    """The entities that tags mark, in order: first word, word after the last, number of their type.

    Args:
        codes: (words,) tags as numbers of `classes`.
        offsets: (rows + 1,) where each row's words begin.
        classes: names such as O, B-place, I-place.

    Example:
        >>> entities(np.array([0, 1, 1, 2]), np.array([0, 2, 4]), ("B-x", "I-x", "O")).tolist()
        [(0, 2, 0), (2, 3, 0)]
    """
    known = types(classes)
    parts = [split(name) for name in classes]
    prefix = np.array([PREFIXES.index(mark) for mark, _ in parts])[codes]
    kind = np.array([known.index(name) if name else -1 for _, name in parts])[codes]
    outside = kind < 0
    begins = np.zeros(len(codes), np.bool_)
    begins[offsets[:-1][np.diff(offsets) > 0]] = True  # of a row: nothing goes on from the row before
    opens = begins | sets.isin(prefix, (0, 3))
    opens[1:] |= sets.isin(prefix[:-1], (2, 3)) | (kind[1:] != kind[:-1])
    first = np.flatnonzero(opens & ~outside)
    closes = np.append(np.flatnonzero(opens | outside), len(codes))  # where an entity cannot go on
    found = np.empty(len(first), np.dtype([("first", np.int64), ("end", np.int64), ("type", np.int64)]))
    found["first"], found["type"] = first, kind[first]
    found["end"] = closes[np.searchsorted(closes, first, side="right")]
    return found


def entity_f1(scored: ScoredTags, weights: Doubles) -> Doubles:
    """F1 of all entities together; 0 where none is true or answered."""
    true, answered, both = _totals(scored, weights)
    return ratio(2 * both.sum(axis=1), (true + answered).sum(axis=1), 0.0)


def entity_precision(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Share of the answered entities that are true; 0 where none is answered."""
    _, answered, both = _totals(scored, weights)
    return ratio(both.sum(axis=1), answered.sum(axis=1), 0.0)


def entity_recall(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Share of the true entities that are answered; 0 where none is true."""
    true, _, both = _totals(scored, weights)
    return ratio(both.sum(axis=1), true.sum(axis=1), 0.0)


def entity_macro_f1(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Mean F1 over the types that are true or answered somewhere in the rows; 0 where there are none."""
    true, answered, both = _totals(scored, weights)
    there = np.asarray(true + answered > 0, np.float64)
    return ratio((ratio(2 * both, true + answered, 0.0) * there).sum(axis=1), there.sum(axis=1), 0.0)


def word_accuracy(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Share of words with the right tag."""
    return ratio(weights @ scored.right_words, weights @ scored.words, np.nan)


def exact(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Share of sentences of which every word has the right tag."""
    return mean(scored.right, weights)


def log_loss(scored: ScoredTags, weights: Doubles) -> Doubles:
    """Mean over words of -ln(probability of the true tag), in nats."""
    losses = scored.sums(-np.log(np.clip(scored.of_truth, LEAST_PROBABILITY, 1.0)))
    return ratio(weights @ losses, weights @ scored.words, np.nan)


def _totals(scored: ScoredTags, weights: Doubles) -> tuple[Doubles, ...]:
    """(sets, types) each: weight of the entities that are true, answered, both."""
    return tuple(np.asarray(weights @ counts) for counts in scored.counts)


def _of_truth(outputs: Outputs, truth: Ints) -> Doubles:
    """(words,) in double precision, so that sure answers still differ."""
    scores = np.asarray(outputs.scores, np.float64)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(shifted[np.arange(len(truth)), truth] / shifted.sum(axis=1))
