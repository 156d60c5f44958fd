"""Are beliefs in tags those of adding up every sequence?"""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from naeum.model.tags.chain import Chain, beliefs, log_marginals, packed, slope

CLASSES = 3


def made(lengths: list[int], seed: int = 0, spread: float = 1.5) -> tuple[np.ndarray, Chain, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    chain = Chain(rng.normal(0, spread, (CLASSES, CLASSES)), rng.normal(0, spread, CLASSES))
    return rng.normal(0, spread, (offsets[-1], CLASSES)), chain, offsets, rng.integers(0, CLASSES, offsets[-1])


def score(tags, emissions, chain: Chain) -> float:
    found = chain.first[tags[0]] + sum(emissions[at, tag] for at, tag in enumerate(tags))
    return float(found + sum(chain.step[one, other] for one, other in pairwise(tags)))


def every(emissions, chain: Chain) -> dict[tuple[int, ...], float]:
    """The probability of every sequence."""
    scores = {tags: score(tags, emissions, chain) for tags in product(range(CLASSES), repeat=len(emissions))}
    total = np.logaddexp.reduce(list(scores.values()))
    return {tags: float(np.exp(value - total)) for tags, value in scores.items()}


@pytest.mark.parametrize("lengths", [[1], [4], [2, 0, 5, 1, 5], [3, 3]])
def test_marginals_are_sums_over_all_sequences(lengths: list[int]) -> None:
    emissions, chain, offsets, _ = made(lengths)
    found = np.exp(log_marginals(emissions, chain, offsets))
    for row in range(len(lengths)):
        here = slice(offsets[row], offsets[row + 1])
        if not lengths[row]:
            continue
        expected = np.zeros((lengths[row], CLASSES))
        for tags, probability in every(emissions[here], chain).items():
            expected[np.arange(len(tags)), tags] += probability
        np.testing.assert_allclose(found[here], expected, atol=1e-12)


def test_totals_and_pairs_are_sums_over_all_sequences() -> None:
    emissions, chain, offsets, _ = made([3, 1, 4], seed=2)
    places, weight = packed(offsets), np.array([0.5, 2.0, 1.0])
    found = beliefs(emissions[places.order], chain, places, weight[places.rows])
    pairs = np.zeros((CLASSES, CLASSES))
    for row in range(3):
        here = emissions[offsets[row] : offsets[row + 1]]
        scores = [score(tags, here, chain) for tags in product(range(CLASSES), repeat=len(here))]
        assert found.log_totals[list(places.rows).index(row)] == pytest.approx(np.logaddexp.reduce(scores))
        for tags, probability in every(here, chain).items():
            for one, other in pairwise(tags):
                pairs[one, other] += weight[row] * probability
    np.testing.assert_allclose(found.pairs, pairs, atol=1e-12)


def test_the_loss_is_that_of_the_true_sequence_and_its_slope_that_of_small_steps() -> None:
    emissions, chain, offsets, codes = made([3, 0, 2, 1], seed=4)
    weight = np.array([1.0, 9.0, 0.25, 2.0])
    found = slope(emissions, chain, offsets, codes, weight)
    loss = 0.0
    for row in (0, 2, 3):
        here = slice(offsets[row], offsets[row + 1])
        loss -= weight[row] * np.log(every(emissions[here], chain)[tuple(codes[here].tolist())])
    assert found.loss == pytest.approx(loss)
    for array, gradient in ((emissions, found.emissions), (chain.step, found.step), (chain.first, found.first)):
        for place in np.ndindex(array.shape):
            kept, values = array[place], []
            for step in (1e-5, -1e-5):
                array[place] = kept + step
                values.append(slope(emissions, chain, offsets, codes, weight).loss)
            array[place] = kept
            assert gradient[place] == pytest.approx((values[0] - values[1]) / 2e-5, abs=1e-6)


def test_enormous_scores_and_long_sentences_stay_finite() -> None:
    emissions, chain, offsets, _ = made([2000, 3], spread=80.0)
    found = log_marginals(emissions, chain, offsets)
    assert np.isfinite(found).all()
    np.testing.assert_allclose(np.exp(found).sum(axis=1), 1.0, atol=1e-9)


def test_no_sentence_has_no_beliefs() -> None:
    assert log_marginals(np.empty((0, CLASSES)), made([1])[1], np.array([0, 0])).shape == (0, CLASSES)
