"""How probable is each tag of a sentence, where tags depend on the tags beside them?

A linear chain: the score of tags y of a sentence is sum_t emission[t, y_t] + sum_t step[y_(t-1), y_t] + first[y_1]. Its
probability is exp(score) over the sum of that for all sequences, which the forward-backward algorithm gives in one pass
to the right and one to the left. Sums stay in range by dividing each place by its own total (Rabiner 1989), and all
sentences take a step together: those of like place stand beside each other in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints

Doubles = npt.NDArray[np.float64]
LEAST = 1e-12  # probabilities below it are taken as this in logarithms
FARTHEST = 50.0  # scores of transitions are read in [-FARTHEST, FARTHEST]: exp stays finite


@dataclass(frozen=True, eq=False)
class Packed:
    """Sentences, the longest first, turned on their side: all first words, then all second ones, and so on."""

    order: Ints  # (words,) which word stands at each place
    sizes: Ints  # (longest,) how many sentences have a word there
    rows: Ints  # (sentences with words,) which sentence comes when

    @property
    def starts(self) -> Ints:
        """(longest + 1,) where the first, second, … words begin."""
        return np.concatenate([[0], np.cumsum(self.sizes)]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Chain:
    """What does not depend on the word."""

    step: Doubles  # (classes, classes) from the tag before to the tag
    first: Doubles  # (classes,) of the first tag


@dataclass(frozen=True, eq=False)
class Beliefs:
    """What forward-backward finds."""

    log_totals: Doubles  # (sentences with words,) in the order of the packing
    marginals: Doubles  # (words, classes) in the order of the packing
    pairs: Doubles  # (classes, classes) expected transitions, each sentence by its weight


def packed(offsets: Ints) -> Packed:
    """The packing of sentences.

    Example:
        >>> found = packed(np.array([0, 1, 4, 4]))
        >>> found.order.tolist(), found.sizes.tolist(), found.rows.tolist()
        ([1, 0, 2, 3], [2, 1, 1], [1, 0])
    """
    lengths = np.diff(offsets)
    rows = np.argsort(-lengths, kind="stable")
    rows = rows[lengths[rows] > 0]
    longest = int(lengths.max(initial=0))
    sizes = np.array([np.searchsorted(-lengths[rows], -place, side="left") for place in range(longest)], np.int64)
    order = [offsets[rows[:size]] + place for place, size in enumerate(sizes)]
    return Packed(np.concatenate([np.empty(0, np.int64), *order]), sizes, rows)


def beliefs(emissions: Doubles, chain: Chain, places: Packed, weight: Doubles | None = None) -> Beliefs:
    """Marginals of every tag and the logarithm of every total.

    Args:
        emissions: (words, classes) in the order of the packing.
        chain: transitions.
        places: the packing.
        weight: (sentences with words,) of the expected transitions, in the order of the packing; all one when absent.
    """
    top = emissions.max(axis=1, keepdims=True, initial=-np.inf)
    local = np.exp(emissions - top)
    step, first = (np.exp(np.clip(part, -FARTHEST, FARTHEST)) for part in (chain.step, chain.first))
    starts = places.starts
    forward, totals = np.empty_like(local), np.empty(len(local))
    for place, size in enumerate(places.sizes):
        here = slice(starts[place], starts[place] + size)
        before = forward[starts[place - 1] : starts[place - 1] + size] @ step if place else first
        forward[here] = local[here] * before
        totals[here] = forward[here].sum(axis=1)
        forward[here] /= totals[here, None]
    backward, pairs = np.ones_like(local), np.zeros_like(step)
    counts = np.ones(len(places.rows)) if weight is None else weight
    for place in range(len(places.sizes) - 1, 0, -1):
        here = slice(starts[place], starts[place + 1])
        size = int(places.sizes[place])
        there = slice(starts[place - 1], starts[place - 1] + size)
        ahead = local[here] * backward[here] / totals[here, None]
        backward[there] = ahead @ step.T
        pairs += (forward[there] * counts[:size, None]).T @ ahead
    logs = np.log(totals) + top[:, 0]
    rows = np.concatenate([np.arange(size) for size in places.sizes] or [np.empty(0, np.int64)])
    sums = np.asarray(np.bincount(rows, weights=logs, minlength=len(places.rows)), np.float64)
    return Beliefs(sums, forward * backward, pairs * step)


def log_marginals(emissions: Doubles, chain: Chain, offsets: Ints) -> Doubles:
    """(words, classes) log-probabilities of each word's tag, of emissions in the order of the words.

    Example:
        >>> chain = Chain(np.zeros((2, 2)), np.zeros(2))
        >>> np.exp(log_marginals(np.log([[0.2, 0.8], [0.5, 0.5]]), chain, np.array([0, 2]))).round(3).tolist()
        [[0.2, 0.8], [0.5, 0.5]]
    """
    places = packed(offsets)
    found = np.empty_like(emissions)
    found[places.order] = np.log(np.maximum(beliefs(emissions[places.order], chain, places).marginals, LEAST))
    return found


@dataclass(frozen=True, eq=False)
class Slope:
    """The loss of true tags, and its gradients."""

    loss: float  # sum over sentences of weight times -ln p(tags)
    emissions: Doubles  # (words, classes) in the order of the words
    step: Doubles
    first: Doubles


def slope(emissions: Doubles, chain: Chain, offsets: Ints, codes: Ints, weight: Doubles) -> Slope:
    """How improbable the true tags are.

    Args:
        emissions: (words, classes).
        chain: transitions.
        offsets: (sentences + 1,).
        codes: (words,) the true tags.
        weight: (sentences,).
    """
    places = packed(offsets)
    counts = weight[places.rows]
    told = beliefs(emissions[places.order], chain, places, counts)
    first, inner = offsets[:-1][np.diff(offsets) > 0], np.ones(len(codes), np.bool_)
    inner[first] = False
    after = np.flatnonzero(inner)
    each = np.repeat(weight, np.diff(offsets))
    true = each @ emissions[np.arange(len(codes)), codes]
    true += each[after] @ chain.step[codes[after - 1], codes[after]] + each[first] @ chain.first[codes[first]]
    found = np.empty_like(emissions)
    found[places.order] = told.marginals
    found[np.arange(len(codes)), codes] -= 1.0
    found *= each[:, None]
    step = told.pairs
    np.subtract.at(step, (codes[after - 1], codes[after]), each[after])
    return Slope(float(counts @ told.log_totals - true), found, step, found[first].sum(axis=0))
