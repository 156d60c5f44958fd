"""How well do hand-made hints and a linear model find answers in passages? Seconds to make, no encoder needed.

A stretch scores what its start, its end and its length score. Starts and ends are softmax regressions over the units of
a passage with that of no answer; of a long passage those around the answer and a draw of the others stand for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.decoding import LONGEST
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.spans import asked as reading
from naeum.model.spans.hints import BUCKETS, hints
from naeum.train import cost
from naeum.values import Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

Doubles = npt.NDArray[np.float64]

PATH = (0.3, 2.0, 10.0)  # of c, where it is decided on tune
UNDECIDED = 2.0  # c where it is to be decided and no tune row has an answer
STEPS = 80  # of L-BFGS; the score hardly moves after fifty
TOLERANCE = 1e-5  # relative change of the loss at which the search ends
MOST_ROWS = 20_000  # to learn from: more bring little and take minutes
AROUND, DRAWN = 6, 40  # units on either side of an answer, and drawn among the others, that are learned from
ROWS_AT_ONCE = 256  # whose hints are held at a time
WINDOWS_AT_ONCE = 1 << 14  # units whose stretches are summed at a time: 8 MiB
HINTS = 32  # of a unit, for a forecast
# Operations at the speed of dense products that a step takes for each hint of a unit: sparse products wait for memory.
OPERATIONS = 400


@dataclass(frozen=True)
class SpanRanker:
    """Starts, ends and lengths of answers in a linear model of hand-made hints.

    Args:
        c: how freely the weights follow the rows (the inverse of the L2 penalty); 0: the best of a short path on tune.
        longest: units of an answer at most.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import spans
        >>> fitted = SpanRanker().fit(spans.parts(60), TinyRun(Path()))
        >>> rows = spans.dataset([("Where does Mina live?", "Mina lives in Busan. Jun eats rice.", None)]).rows
        >>> fitted.predict(rows).labels.tolist()
        ['Busan']
    """

    kind: ClassVar[str] = "span_ranker"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"span"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"text"})
    c: float = setting(2.0, Real(0.05, 50.0, log=True))
    longest: int = setting(LONGEST, Whole(4, 256, log=True))

    def __post_init__(self) -> None:
        if not (self.c >= 0 and self.longest >= 1):
            raise InputError(
                f"c must be 0 (decided on tune) or more, longest at least 1; got {self.c} and {self.longest}; leave "
                "them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FittedRanker:
        """Find the weights; where `c` is 0, those with the best score on tune.

        Raises:
            InputError: there is no answered question.
        """
        task = parts.fit.task
        given = Sample.of(reading.to_learn(parts.fit, self.kind), self.longest)
        rows, _ = reading.answered(parts.tune)
        if self.c or not len(rows):
            return given.fitted(task, self.c or UNDECIDED, run, (0, 1))
        judge, found = reading.judge(rows), []
        for number, c in enumerate(PATH):
            fitted = given.fitted(task, c, run, (number, len(PATH)))
            found.append((judge(fitted.predict(rows.rows).scores), -number, fitted))
        return max(found, key=lambda one: one[:2])[2]

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from words alone."""
        tried, kept = 1 if self.c else len(PATH), min(mean_tokens, DRAWN + 2 * AROUND)
        return cost.nominal(OPERATIONS * HINTS * STEPS * kept * min(rows, MOST_ROWS) * tried)


@dataclass(frozen=True, eq=False)
class Sample:
    """The units that are learned from, row by row."""

    hints: npt.NDArray[np.uint32]  # (units, hints)
    offsets: Ints  # (rows + 1,)
    wanted: Doubles  # (units, 2) shares
    known: Doubles  # (units,) log of how many units each stands for
    weight: Doubles  # (rows,)
    lengths: Floats  # (longest,) log share of the answers with so many units

    @classmethod
    def of(cls, given: reading.Answered, longest: int) -> Sample:
        """The units around the answers and some others; the draw depends on the row alone."""
        rows = np.sort(np.argsort(given.ids, kind="stable")[:MOST_ROWS])
        offsets, kept, logs, sizes, seen = given.asked.units.offsets, [], [], [], []
        for at, numbers in _blocks(given.asked, rows):
            for row, own in zip(at, numbers, strict=True):
                chosen, log = _draw(given.wanted[offsets[row] : offsets[row + 1]], int(given.ids[row]))
                kept.append(offsets[row] + chosen)
                logs.append(log)
                sizes.append(len(chosen))
                seen.append(own[chosen])
        where = np.concatenate(kept)
        return cls(
            np.concatenate(seen),
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            np.asarray(given.wanted[where], np.float64),
            np.concatenate(logs),
            np.asarray(given.weight[rows], np.float64),
            _lengths(given, longest),
        )

    def fitted(self, task: Task, c: float, run: Run, place: tuple[int, int]) -> FittedRanker:
        """The weights of one c: they minimise |w|² / 2 + c times the sum of the rows' cross-entropies.

        Args:
            place: the number of this search and how many there are.
        """
        optimize, sparse = need("scipy.optimize", "a ranker of answers"), need("scipy.sparse", "a ranker of answers")
        known, columns = np.unique(self.hints, return_inverse=True)
        units, width = self.hints.shape
        ends = np.arange(units + 1) * width
        matrix = sparse.csr_array((np.ones(units * width), columns.ravel(), ends), shape=(units, len(known)))
        turned, taken = matrix.T.tocsr(), 0

        def told(_: Any) -> None:
            nonlocal taken
            taken += 1
            run.report(place[0] * STEPS + min(taken, STEPS), place[1] * STEPS, None, f"c = {c:g}")
            if run.seconds_left() <= 0:
                raise StopIteration

        def loss(flat: Doubles) -> tuple[float, Doubles]:
            weights = flat.reshape(-1, 2)
            value, slope = self.loss(matrix @ weights)
            return value + float(flat @ flat) / (2 * c), (turned @ slope).ravel() + flat / c

        found = optimize.minimize(
            loss, np.zeros(2 * len(known)), jac=True, method="L-BFGS-B", callback=told,
            options={"maxiter": STEPS, "ftol": TOLERANCE, "gtol": 0.0},
        )  # fmt: skip
        return FittedRanker(task, known.astype(np.uint32), found.x.reshape(-1, 2).astype(np.float32), self.lengths, c)

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """The weighted sum of the cross-entropies of starts and ends, and its gradient (units, 2)."""
        scores, starts = scores + self.known[:, None], self.offsets[:-1]
        sizes = np.diff(self.offsets)
        shifted = scores - np.repeat(np.maximum.reduceat(scores, starts, axis=0), sizes, axis=0)
        chances = np.exp(shifted)
        totals = np.repeat(np.add.reduceat(chances, starts, axis=0), sizes, axis=0)
        weight = np.repeat(self.weight, sizes)[:, None]
        value = float((weight * self.wanted * (np.log(totals) - shifted)).sum())
        return value, weight * (chances / totals - self.wanted)


@dataclass(frozen=True, eq=False)
class FittedRanker:
    """Weights of hints, and how long answers are."""

    task: Task
    known: npt.NDArray[np.uint32]  # (hints,) sorted
    weights: Floats  # (hints, 2) of a start and of an end
    lengths: Floats  # (longest,) log share of the answers with so many units
    c: float  # that they were found with

    kind: ClassVar[str] = "span_ranker"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(units, 2) log-probabilities that the answer begins and ends at each unit, over all stretches and none."""
        found = reading.asked(rows, self.task)
        table = np.zeros((BUCKETS, 2))
        table[self.known] = self.weights
        scores = np.zeros((len(found.units.spans), 2), np.float32)
        for at, numbers in _blocks(found, np.arange(len(found))):
            for row, own in zip(at, numbers, strict=True):
                low, high = found.units.offsets[row : row + 2]
                sums = np.zeros((high - low, 2))
                for column in own.T:
                    sums += table[column]
                scores[low:high] = marginals(sums, self.lengths)
        return found.outputs(self.task, scores)

    def decided(self, learner: SpanRanker) -> SpanRanker:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The arrays."""
        return State({"c": self.c}, {"known": self.known, "weights": self.weights, "lengths": self.lengths})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedRanker:
        """Read back."""
        arrays = {name: np.asarray(array) for name, array in state.arrays.items()}
        return cls(task, arrays["known"], arrays["weights"], arrays["lengths"], float(state.settings["c"]))


def marginals(scores: Doubles, lengths: Floats) -> Floats:
    """(units, 2) log-probabilities of starts and of ends, where a stretch scores its start, its end and its length.

    Args:
        scores: (units, 2); the first unit is no answer.
        lengths: (longest,) score of a stretch of 1, 2, … units.

    Example:
        >>> np.exp(marginals(np.zeros((3, 2)), np.zeros(2))).round(2)[:, 0]  # none; the first or both; the second
        array([0.25, 0.5 , 0.25], dtype=float32)
    """
    starts, ends = scores[1:, 0], scores[1:, 1]
    none = float(scores[0].sum())
    if not len(starts):
        return np.zeros((1, 2), np.float32)
    longest, top = min(len(lengths), len(starts)), float(starts.max() + ends.max() + lengths.max())
    top = max(top, none)
    sums = np.zeros((len(starts) + longest, 2))
    padded = np.concatenate([ends, np.full(longest, -np.inf)])
    for low in range(0, len(starts), WINDOWS_AT_ONCE):
        own = starts[low : low + WINDOWS_AT_ONCE]
        windows = np.lib.stride_tricks.sliding_window_view(padded[low : low + len(own) + longest - 1], longest)
        chances = np.exp(windows + lengths[:longest] + (own - top)[:, None])  # (units, longest)
        sums[low : low + len(own), 0] = chances.sum(axis=1)
        for further in range(longest):
            sums[low + further : low + further + len(own), 1] += chances[:, further]
    total = sums[: len(starts), 0].sum() + np.exp(none - top)
    every = np.vstack([np.full(2, np.exp(none - top)), sums[: len(starts)]]) / total
    return np.asarray(np.log(np.maximum(every, np.finfo(np.float32).tiny)), np.float32)


def _blocks(asked: reading.Asked, rows: Ints) -> Iterator[tuple[Ints, list[npt.NDArray[np.uint32]]]]:
    """Rows some at a time, with the hints of the units of each."""
    from naeum.passages import units_of

    for low in range(0, len(rows), ROWS_AT_ONCE):
        at = rows[low : low + ROWS_AT_ONCE]
        passages = asked.passages[at]
        part = reading.Asked([asked.questions[row] for row in at], passages, units_of(passages))
        yield at, np.split(hints(part), part.units.offsets[1:-1])


def _draw(wanted: Floats, seed: int) -> tuple[Ints, Doubles]:
    """Units of one row to learn from, in their order, and the log of how many each stands for."""
    units = len(wanted)
    if units <= DRAWN + 4 * AROUND:
        return np.arange(units), np.zeros(units)
    gold = np.flatnonzero(wanted.any(axis=1))
    near = sets.unique(np.concatenate([gold + by for by in range(-AROUND, AROUND + 1)] + [[0]]).clip(0, units - 1))
    others = sets.rest(units, near)
    drawn = np.random.default_rng(seed).choice(others, min(DRAWN, len(others)), replace=False)
    where = np.concatenate([near, drawn])
    logs = np.concatenate([np.zeros(len(near)), np.full(len(drawn), np.log(max(len(others), 1) / max(len(drawn), 1)))])
    order = np.argsort(where)
    return where[order].astype(np.int64), logs[order]


def _lengths(given: reading.Answered, longest: int) -> Floats:
    """(longest,) log share of answers with 1, 2, … units; one answer of each length is added."""
    counts, offsets = np.ones(longest), given.asked.units.offsets
    for low, high in pairwise(offsets.tolist()):
        first, last = (np.flatnonzero(given.wanted[low:high, side]) for side in (0, 1))
        if len(first) and first[0]:
            counts[min(int(last[0] - first[0]), longest - 1)] += 1
    return np.asarray(np.log(counts / counts.sum()), np.float32)
