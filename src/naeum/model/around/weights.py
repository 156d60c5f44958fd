"""How much does each member of a blend count, and how sure may a model be? Weights and temperatures from held-out rows.

A blend is a log-opinion pool: softmax of sum_k w_k log p_k(x). Members are brought to their own best temperature first,
so that one that is always too sure does not outvote the others. What is averaged are the task's own units: rows, words,
or the places of a passage at which an answer may begin or end. Several labels are pooled one by one (the mean of log
odds is the pool of yes and no), numbers by their mean; of both, weights are chosen by the loss that belongs to them,
cross-entropy and squares.

References:
    Caruana, Niculescu-Mizil, Crew & Ksikes 2004, "Ensemble selection from libraries of models" (greedy).
    Wolpert 1992, "Stacked generalization".
    Guo, Pleiss, Sun & Weinberger 2017, "On calibration of modern neural networks" (temperature).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Ints, Outputs
from naeum.errors import InputError
from naeum.measure.sets import indicator
from naeum.measure.spans import gold_places, passages_of, wanted
from naeum.measure.words import tag_codes
from naeum.passages import units_of

Doubles = npt.NDArray[np.float64]
LEAST = 1e-12  # probabilities below it are taken as this, so that one certain member has no veto
ROUNDS = 30  # greedy draws: weights are then known to a thirtieth
HOTTEST = 20.0  # temperatures are searched in [1 / HOTTEST, HOTTEST]
PULL = 1e-3  # of stacking towards equal weights, a row and weight: a few hundred rows must not give wild ones


def poolable(outputs: Outputs) -> Doubles:
    """(units, classes) what is averaged: log-probabilities, log odds of labels, or numbers."""
    if outputs.link == "identity":
        return outputs.scores.astype(np.float64)
    if outputs.link == "sigmoid":
        return np.clip(outputs.scores.astype(np.float64), np.log(LEAST), -np.log(LEAST))
    return log_probabilities(outputs)


def log_probabilities(outputs: Outputs) -> Doubles:
    """(units, classes) natural logarithms, not below ln(1e-12)."""
    return np.log(np.maximum(outputs.probabilities.astype(np.float64), LEAST))


def pooled(scores: Sequence[Doubles], weights: Sequence[float]) -> Doubles:
    """(units, classes) the weighted sum."""
    total = np.zeros_like(scores[0])
    for one, weight in zip(scores, weights, strict=True):
        if weight:
            total += weight * one
    return total


def log_loss(scores: Doubles, target: npt.NDArray[np.int64], row_weights: Doubles) -> float:
    """Weighted mean of -ln p(target) where p = softmax(scores).

    Example:
        >>> round(log_loss(np.zeros((2, 2)), np.array([0, 1]), np.ones(2)), 4)
        0.6931
    """
    return Softmaxed(np.arange(len(target)), target, row_weights / row_weights.sum()).loss(scores)[0]


class Judge(Protocol):
    """The loss that a task's kind of answer is weighed by, on labelled units."""

    scaled: ClassVar[bool]  # whether a temperature changes the answer's meaning

    @property
    def known(self) -> Ints: ...  # their positions among all units

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """Of (labelled units, classes): the weighted mean loss, and its gradient, of the same shape."""


@dataclass(frozen=True, eq=False)
class Softmaxed:
    """Cross-entropy of one class a unit."""

    known: Ints
    target: Ints
    share: Doubles  # (labelled units,) weights that sum to one
    scaled: ClassVar[bool] = True

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """-sum share ln softmax(scores)[target]."""
        at, top = np.arange(len(self.target)), scores.max(axis=1, keepdims=True)
        chances = np.exp(scores - top)
        totals = chances.sum(axis=1, keepdims=True)
        value = float(self.share @ (np.log(totals[:, 0]) + top[:, 0] - scores[at, self.target]))
        chances /= totals
        chances[at, self.target] -= 1
        return value, chances * self.share[:, None]


@dataclass(frozen=True, eq=False)
class Sigmoided:
    """Binary cross-entropy of several labels, a mean over them."""

    known: Ints
    truth: Doubles  # (labelled rows, classes) 0 or 1
    share: Doubles
    scaled: ClassVar[bool] = True

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """Mean over labels of ln(1 + e^s) - truth s."""
        losses = (np.logaddexp(0.0, scores) - self.truth * scores).mean(axis=1)
        slope = (1 / (1 + np.exp(-scores)) - self.truth) / scores.shape[1]
        return float(self.share @ losses), slope * self.share[:, None]


@dataclass(frozen=True, eq=False)
class Squared:
    """Squares of distances, in units of the variance of the truth."""

    known: Ints
    truth: Doubles  # (labelled rows, 1)
    share: Doubles
    scaled: ClassVar[bool] = False

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """sum share (s - truth)² / variance."""
        center = self.share @ self.truth[:, 0]
        spread = max(float(self.share @ (self.truth[:, 0] - center) ** 2), LEAST)
        away = scores - self.truth
        return float(self.share @ away[:, 0] ** 2) / spread, 2 * away * self.share[:, None] / spread


@dataclass(frozen=True, eq=False)
class Spread:
    """Cross-entropy of the right starts and ends among the units of each passage."""

    known: Ints
    wanted: Doubles  # (labelled units, 2) shares of the right starts and ends
    offsets: Ints  # (labelled rows + 1,)
    share: Doubles  # (labelled rows,)
    scaled: ClassVar[bool] = True

    @classmethod
    def of(cls, data: Dataset, rows: Ints, share: Doubles) -> Spread:
        """The labelled rows of questions to passages."""
        texts = passages_of(data)
        own, offsets = units_of(texts[rows]).offsets, units_of(texts).offsets
        sizes = np.diff(own)
        known = np.repeat(offsets[rows] - own[:-1], sizes) + np.arange(own[-1])
        return cls(known, wanted(list(texts[rows]), gold_places(data, rows)), own, share)

    def loss(self, scores: Doubles) -> tuple[float, Doubles]:
        """-sum share wanted ln softmax(scores) over the units of a passage."""
        starts, sizes = self.offsets[:-1], np.diff(self.offsets)
        shifted = scores - np.repeat(np.maximum.reduceat(scores, starts, axis=0), sizes, axis=0)
        chances = np.exp(shifted)
        totals = np.repeat(np.add.reduceat(chances, starts, axis=0), sizes, axis=0)
        each = np.repeat(self.share, sizes)[:, None]
        value = float((each * self.wanted * (np.log(totals) - shifted)).sum())
        return value, each * (chances / totals - self.wanted)


def judge(data: Dataset) -> Judge | None:
    """The loss on the labelled units of `data`; None where there are none, or none that weighs anything.

    Raises:
        InputError: answers of this kind are not averaged.
    """
    known = np.flatnonzero(data.target >= 0)
    weights = data.weight[known].astype(np.float64)
    if not weights.sum() > 0:
        return None
    share = weights / weights.sum()
    if data.task.output == "label":
        return Softmaxed(known, data.target[known], share)
    if data.task.output == "labels":
        return Sigmoided(known, indicator(data)[known].astype(np.float64), share)
    if data.task.output == "number":
        return Squared(known, np.asarray(data.truth.to_numpy(), np.float64)[known, None], share)
    if data.task.output == "tags":
        return _words(data, share)
    if data.task.output == "span":
        return Spread.of(data, known, share)
    raise InputError(
        f"a blend averages labels, numbers, tags and spans; got the output {data.task.output}; leave it out"
    )


def _words(data: Dataset, share: Doubles) -> Judge | None:
    """The words of rows with tags; a row's weight is that of each of its words."""
    codes, offsets = tag_codes(data)
    each = np.zeros(len(data))
    each[data.target >= 0] = share
    words = np.repeat(each, np.diff(offsets))
    known = np.flatnonzero((codes >= 0) & (words > 0))
    if not len(known):
        return None
    return Softmaxed(known, codes[known], words[known] / words[known].sum())


def temperature(scores: Doubles, data: Dataset) -> float:
    """The temperature T with the least loss of scores / T; 1 where no row is labelled, and for numbers."""
    found = judge(data)
    return 1.0 if found is None else _temperature(scores[found.known], found)


def _temperature(scores: Doubles, judge: Judge) -> float:
    from scipy.optimize import minimize_scalar

    if not judge.scaled:
        return 1.0
    found = minimize_scalar(
        lambda log_t: judge.loss(scores / np.exp(log_t))[0],
        bounds=(-np.log(HOTTEST), np.log(HOTTEST)),
        method="bounded",
        options={"xatol": 1e-4},
    )
    return float(np.exp(found.x))


def equal(scores: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Every member counts alike, at its own temperature."""
    return tuple(1 / len(scores) / temperature(one, data) for one in scores)


def greedy(scores: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Draw members with replacement, each time the one that lowers the loss most, until none does."""
    found = judge(data)
    if found is None:
        return (1 / len(scores),) * len(scores)
    known = [one[found.known] for one in scores]
    temperatures = [_temperature(one, found) for one in known]
    cooled = [one / t for one, t in zip(known, temperatures, strict=True)]
    counts, total, best = np.zeros(len(scores)), np.zeros_like(cooled[0]), np.inf
    for drawn in range(1, ROUNDS + 1):
        losses = [found.loss((total + one) / drawn)[0] for one in cooled]
        chosen = int(np.argmin(losses))
        if losses[chosen] >= best and drawn > len(scores):
            break
        best = min(best, losses[chosen])
        counts[chosen] += 1
        total = total + cooled[chosen]
    shares = counts / counts.sum()
    return tuple(float(share / t) for share, t in zip(shares, temperatures, strict=True))


def stacking(scores: Sequence[Doubles], data: Dataset) -> tuple[float, ...]:
    """Non-negative weights with the least loss, pulled a little towards equal ones."""
    from scipy.optimize import minimize

    judged = judge(data)
    if judged is None:
        return (1 / len(scores),) * len(scores)
    stack = np.stack([one[judged.known] for one in scores])  # (members, units, classes)
    start = np.array(equal(scores, data))

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        value, slope = judged.loss(np.tensordot(weights, stack, axes=1))
        away = weights - start
        return value + PULL * float(away @ away), (stack * slope).sum(axis=(1, 2)) + 2 * PULL * away

    found = minimize(loss, start, jac=True, bounds=[(0.0, None)] * len(scores), method="L-BFGS-B")
    return tuple(float(weight) for weight in found.x)


WAYS: dict[str, Callable[[Sequence[Doubles], Dataset], tuple[float, ...]]] = {
    "greedy": greedy,
    "mean": equal,
    "stacking": stacking,
}
