"""Do intervals of shares, differences and products agree with other implementations and hold what they promise?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from naeum.diagnose.rates import Rate, error, exactly, minus, quantiles, share, times, wrong
from naeum.errors import InputError


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=40, deadline=None)
def test_share_equals_scipy(counted):
    count, rows = counted
    ends = binomtest(count, rows).proportion_ci(method="wilson")
    got = share(np.arange(rows) < count)
    assert (got.value, got.low, got.high) == pytest.approx((count / rows, ends.low, ends.high), abs=1e-9)


def test_difference_equals_newcombe_1998():
    """Newcombe 1998, table II, example (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339."""
    gap = minus(share(np.arange(70) < 56), share(np.arange(80) < 48))
    assert (gap.value, gap.low, gap.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_intervals_of_products_and_differences_cover():
    rng = np.random.default_rng(1)
    held = {"minus": 0, "times": 0}
    for _ in range(300):
        one, other = share(rng.random(300) < 0.3), share(rng.random(200) < 0.1)
        held["minus"] += minus(one, other).low <= 0.2 <= minus(one, other).high
        held["times"] += times(one, other).low <= 0.03 <= times(one, other).high
    assert held["minus"] / 300 >= 0.91 and held["times"] / 300 >= 0.91


def test_what_is_known_exactly_adds_no_width():
    one = Rate(0.2, 0.1, 0.4)
    got = minus(one, exactly(0.05))
    assert (got.value, got.low, got.high) == pytest.approx((0.15, 0.05, 0.35))
    got = times(one, exactly(0.5))
    assert (got.value, got.low, got.high) == pytest.approx((0.1, 0.05, 0.2))


def test_quantiles_hold_the_estimate():
    assert quantiles([1.0, 2.0, 3.0], 9.0).high == 9.0
    assert quantiles(np.linspace(0, 1, 1001), 0.5).low == pytest.approx(0.025)


def test_error_is_one_minus_accuracy(rows, answers):
    data = rows(np.arange(200) % 2)
    got = error(answers(data, 0.1), data)
    assert got.value == pytest.approx(0.1)
    assert got.low < 0.1 < got.high < 0.2


def test_wrong_leaves_unlabelled_rows_out(rows, answers):
    data = rows([0, 1, -1, 0])
    assert wrong(answers(data, np.array([1, 0, 0, 0])), data).tolist() == [True, False, False]


def test_wrong_refuses_answers_to_other_rows(rows, answers):
    with pytest.raises(InputError, match="there must be one answer a row; got 2 answers to 3 rows"):
        wrong(answers(rows([0, 1])), rows([0, 1, 0]))


def test_no_rows_have_no_share():
    with pytest.raises(InputError, match="a share must be of at least one row"):
        share(np.zeros(0, bool))


def test_percent_in_words():
    assert str(Rate(0.125, 0.004, 0.3)) == "12.5 % (0.40 % to 30.0 %)"
