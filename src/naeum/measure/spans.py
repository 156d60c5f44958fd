"""How good are answers that are stretches of a passage?

Of several right answers the nearest counts. What of a text does not (case, signs, articles) is said in answers.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from naeum import decoding, passages
from naeum.contract import Dataset, Ints, Outputs, Task
from naeum.errors import InputError
from naeum.measure import answers
from naeum.measure.scored import Doubles, comparable, mean, ratio
from naeum.measure.words import sizes

LEAST_PROBABILITY = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class ScoredSpans:
    """Questions to passages with the answers that count as right, and those that were given."""

    task: Task
    golds: tuple[tuple[str, ...], ...]  # (rows,) texts; none where the passage does not answer
    answered: tuple[str, ...]  # (rows,) texts; empty: no answer
    single: npt.NDArray[np.bool_]  # (rows,) whether characters are compared, not words
    of_truth: Doubles  # (rows, 2) probability of the right starts and of the right ends
    weight: Doubles  # (rows,)
    group: Ints  # (rows,)

    def __len__(self) -> int:
        return len(self.golds)

    @cached_property
    def right(self) -> Doubles:
        """1.0 where the answer is one of the right ones."""
        rows = zip(self.answered, self.golds, self.single, strict=True)
        return np.array([answers.exact(answer, golds, bool(single)) for answer, golds, single in rows], np.float64)

    @cached_property
    def overlap(self) -> Doubles:
        """(rows,) F1 of the answer and the nearest of the right ones."""
        rows = zip(self.answered, self.golds, self.single, strict=True)
        return np.array([answers.f1(answer, golds, bool(single)) for answer, golds, single in rows], np.float64)

    @cached_property
    def errors(self) -> Doubles:
        """1.0 less that F1."""
        return 1.0 - self.overlap

    @cached_property
    def answerable(self) -> Doubles:
        """1.0 where the passage answers."""
        return np.array([bool(golds) for golds in self.golds], np.float64)

    @cached_property
    def given(self) -> Doubles:
        """1.0 where an answer was given."""
        return np.array([bool(answer) for answer in self.answered], np.float64)

    @classmethod
    def of(cls, outputs: Outputs, dataset: Dataset) -> ScoredSpans:
        """The labelled rows of `dataset` with their answers.

        Raises:
            InputError: the answers do not belong to the passages, hold NaN, or no row is labelled.
        """
        if dataset.task.output != "span" or dataset.truth is None or outputs.offsets is None:
            raise InputError(
                f"these metrics must be given stretches of passages; got the output {dataset.task.output!r}; "
                "choose another metric"
            )
        rows = comparable(outputs, dataset)
        texts = passages_of(dataset)[rows]
        chosen, units = outputs.take(rows), passages.units_of(texts)
        if chosen.offsets is None or not np.array_equal(units.offsets, chosen.offsets):
            raise InputError(
                f"there must be a start and an end for each unit of a passage; got {len(chosen.scores)} for "
                f"{len(units.spans)} units; predict the same rows"
            )
        found = decoding.spans(chosen) + units.offsets[:-1, None]  # (rows, 2) units, counted over all rows
        places = [(units.spans[first, 0], units.spans[last, 1]) for first, last in found]
        golds = gold_places(dataset, rows)
        return cls(
            task=dataset.task,
            golds=tuple(texts_of(text, spans) for text, spans in zip(texts, golds, strict=True)),
            answered=tuple(text[max(low, 0) : max(high, 0)] for text, (low, high) in zip(texts, places, strict=True)),
            single=np.array([passages.is_single(text) for text in texts], np.bool_),
            of_truth=_of_truth(chosen, wanted(texts, golds)),
            weight=np.asarray(dataset.weight, np.float64)[rows],
            group=dataset.group[rows],
        )


def passages_of(dataset: Dataset) -> npt.NDArray[np.object_]:
    """(rows,) the texts in which answers lie: the last input; a missing one is empty."""
    found = np.empty(len(dataset), object)
    found[:] = [text or "" for text in dataset.rows.column(dataset.task.inputs[-1]).to_pylist()]
    return found


def gold_places(dataset: Dataset, rows: Ints) -> list[tuple[tuple[int, int], ...]]:
    """The characters [start, end) of each right answer of labelled rows."""
    import pyarrow.compute as pc

    truth = dataset.truth.take(rows)
    ends = np.concatenate([[0], np.cumsum(sizes(truth))])
    flat = [chunk.flatten() for chunk in truth.chunks]
    named = (np.concatenate([np.empty(0, np.int64), *(np.asarray(pc.struct_field(one, name)) for one in flat)])
             for name in ("start", "end"))  # fmt: skip
    pairs = list(zip(*(one.astype(int).tolist() for one in named), strict=True))
    return [tuple(pairs[low:high]) for low, high in pairwise(ends.tolist())]


def texts_of(passage: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """What stands at places of a passage."""
    return tuple(passage[low:high] for low, high in spans)


def wanted(texts: Sequence[str] | npt.NDArray[np.object_], golds: Sequence[Sequence[tuple[int, int]]]) -> Doubles:
    """(units, 2) which share of the right answers begins, and ends, at each unit: both sum to one in each row.

    An answer that touches no unit is as none.

    Example:
        >>> wanted(["in Seoul now"], [[(3, 8)]])[:, 0].tolist(), wanted(["in"], [[]])[:, 0].tolist()
        ([0.0, 0.0, 1.0, 0.0], [1.0, 0.0])
    """
    units = passages.units_of(texts)
    found = np.zeros((len(units.spans), 2))
    for text, spans, low in zip(texts, golds, units.offsets, strict=False):
        touched = [passages.between(passages.units(text), *span) for span in spans]
        touched = [pair for pair in touched if pair[0] >= 0]
        for first, last in touched or [(-1, -1)]:
            found[low + 1 + first, 0] += 1 / max(len(touched), 1)
            found[low + 1 + last, 1] += 1 / max(len(touched), 1)
    return found


def span_f1(scored: ScoredSpans, weights: Doubles) -> Doubles:
    """Mean F1 of the answers; of a row without one 1 where none is given."""
    return mean(scored.overlap, weights)


def span_exact(scored: ScoredSpans, weights: Doubles) -> Doubles:
    """Share of rows with exactly a right answer, or rightly with none."""
    return mean(scored.right, weights)


def answerable_f1(scored: ScoredSpans, weights: Doubles) -> Doubles:
    """Mean F1 over the rows whose passage answers; NaN where none does."""
    return ratio(weights @ (scored.overlap * scored.answerable), weights @ scored.answerable, np.nan)


def no_answer_accuracy(scored: ScoredSpans, weights: Doubles) -> Doubles:
    """Share of rows of which it is told rightly whether the passage answers."""
    return mean(np.asarray(scored.answerable == scored.given, np.float64), weights)


def log_loss(scored: ScoredSpans, weights: Doubles) -> Doubles:
    """Mean of -ln(probability of the right starts) - ln(probability of the right ends), in nats."""
    return mean(-np.log(np.clip(scored.of_truth, LEAST_PROBABILITY, 1.0)).sum(axis=1), weights)


def _of_truth(outputs: Outputs, shares: Doubles) -> Doubles:
    """(rows, 2) the probability that was given to all right starts, and ends, together."""
    offsets = outputs.offsets
    if offsets is None or not len(offsets) - 1:
        return np.empty((0, 2))
    told = np.where(shares > 0, np.asarray(outputs.probabilities, np.float64), 0.0)
    return np.asarray(np.add.reduceat(told, offsets[:-1], axis=0))
