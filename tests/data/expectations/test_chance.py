"""Are chances those of an independent implementation, and are false alarms as rare as promised?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, hypergeom

from naeum.data.expectations import chance


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_more_is_the_hypergeometric_tail(m, of, data):
    k, seen = data.draw(st.integers(0, m)), data.draw(st.integers(0, of))
    assert chance.more(k, m, seen, of) == pytest.approx(hypergeom.sf(k - 1, m + of, k + seen, m), abs=1e-9)


def test_the_normal_limit_continues_the_exact_tail(monkeypatch):
    exact = chance.more(5_150, 100_000, 5_000, 100_000)
    monkeypatch.setattr(chance, "EXACT_UP_TO", 10)
    assert chance.more(5_150, 100_000, 5_000, 100_000) == pytest.approx(exact, rel=0.02)


def test_outside_is_twice_the_order_statistic_of_one_end():
    assert chance.outside(3, 0, 50, 80) == pytest.approx(2 * betabinom.sf(2, 50, 1, 80))
    assert chance.outside(0, 0, 50, 80) == 1.0


def test_no_reference_is_no_alarm():
    assert chance.more(3, 10, 0, 0) == 1.0
    assert chance.apart([3], 10, [0], 0) == (1.0, 0.0)
    assert chance.differ([], 0, [], 0) == (1.0, 0)


def test_repeats_of_a_larger_batch_may_be_more():
    assert chance.repeats(16, 200, 4, 100) > 0.05 > chance.repeats(40, 100, 4, 100)


def test_apart_sees_the_largest_difference():
    likely, distance = chance.apart([10, 90], 100, [50, 95], 100)
    assert distance == pytest.approx(0.4) and likely < 1e-4


@pytest.mark.parametrize("m, of", [(100, 100), (30, 300), (300, 30)])
def test_false_alarms_are_at_most_the_level(m, of):
    """Draws of one source, thousands of times: no test may cry more often than its level says, save for luck."""
    rng, level, times = np.random.default_rng(0), 0.05, 500
    alarms = np.zeros(5)
    for _ in range(times):
        both = rng.integers(0, 60, m + of)
        new, old = both[:m], both[m:]
        points = np.quantile(old, [0.1, 0.3, 0.5, 0.7, 0.9])
        few, before = np.bincount(new // 20, minlength=3), np.bincount(old // 20, minlength=3)
        repeated = [int((np.bincount(side * 1000 + rng.integers(0, 900, len(side))) > 1).sum()) for side in (new, old)]
        alarms += [
            chance.more(int((new < 6).sum()), m, int((old < 6).sum()), of) < level,
            chance.differ(few.tolist(), m, before.tolist(), of)[0] < level,
            chance.outside(int((new < old.min()).sum()), int((new > old.max()).sum()), m, of) < level,
            chance.repeats(repeated[0], m, repeated[1], of) < level,
            chance.apart([(new <= p).sum() for p in points], m, [(old <= p).sum() for p in points], of)[0] < level,
        ]
    spread = 3 * np.sqrt(level * (1 - level) / times)
    assert (alarms / times <= level + spread).all(), alarms / times
