"""Does shrinking err less than taking gains as they are, and does it know when it knows little?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from naeum.errors import InputError
from naeum.measure import Interval, Prior, empirical_prior, metric, paired, shrink, shrunken, standard_error


def test_the_posterior_is_that_of_two_normals():
    got = shrink(0.03, 0.02, Prior(0.01, 0.01))
    grid = np.linspace(-0.2, 0.2, 400_001)
    density = stats.norm.pdf(grid, 0.01, 0.01) * stats.norm.pdf(0.03, grid, 0.02)
    density /= density.sum()
    mean = (density * grid).sum()
    assert got.gain == pytest.approx(mean)
    assert got.sd == pytest.approx(((density * (grid - mean) ** 2).sum()) ** 0.5)
    assert got.p_better == pytest.approx(density[grid > 0].sum(), abs=1e-3)


def test_the_ends():
    assert shrink(0.03, 0.0, Prior(0, 0.01)).gain == 0.03
    assert shrink(0.03, 0.01, Prior(0.002, 0.0)).gain == 0.002
    assert shrink(0.0, 0.0, Prior(0, 0.01)).p_better == 0.5
    assert shrink(-0.1, 0.0, Prior(0, 0.01)).p_better == 0.0


def test_it_errs_less_than_the_gains_themselves():
    rng = np.random.default_rng(0)
    plain, pulled = 0.0, 0.0
    for _ in range(50):
        true = rng.normal(0.002, 0.005, 20)
        seen, noise = true + rng.normal(0, 0.01, 20), np.full(20, 0.01)
        prior = empirical_prior(seen, noise)
        guess = np.array([shrink(g, 0.01, prior).gain for g in seen])
        plain += ((seen - true) ** 2).sum()
        pulled += ((guess - true) ** 2).sum()
    assert pulled < 0.6 * plain


def test_the_best_of_many_is_pulled_back_to_what_it_is_worth():
    rng = np.random.default_rng(1)
    seen = rng.normal(0.0, 0.01, 40)  # nothing is really better
    prior = empirical_prior(seen, np.full(40, 0.01))
    assert shrink(seen.max(), 0.01, prior).gain < 0.4 * seen.max()


def test_many_gains_are_found_again_and_none_leave_what_was_said_before():
    rng = np.random.default_rng(2)
    noise = rng.uniform(0.002, 0.006, 4000)
    got = empirical_prior(rng.normal(0.01, 0.008, 4000) + rng.normal(0, noise), noise)
    assert (got.mean, got.sd) == pytest.approx((0.01, 0.008), rel=0.06)
    assert empirical_prior([], [], before=Prior(0.1, 0.2)) == Prior(0.1, 0.2)
    one = empirical_prior([0.05], [0.01], before=Prior(0.0, 0.02))
    assert 0 < one.mean < 0.02


def test_comparisons_of_a_ladder(made):
    (best, dataset), worse, same = made(400, 3, skill=2.0), made(400, 3, skill=1.0)[0], made(400, 3, skill=2.0)[0]
    pairs = [paired(metric("accuracy"), one, worse, dataset, seed=0) for one in (best, worse, same)]
    got = shrunken(pairs, Prior(0.0, 0.05))
    assert 0 < got[0].gain < pairs[0].gain
    assert (got[1].gain, got[1].p_better) == (0.0, 0.5)
    assert standard_error(pairs[0]) == pytest.approx(pairs[0].error, rel=0.1)


def test_standard_error_of_a_normal_interval():
    assert standard_error(Interval(0.5, 0.5 - 1.96 * 0.1, 0.5 + 1.96 * 0.1)) == pytest.approx(0.1, rel=1e-3)


def test_what_is_no_error_is_refused():
    with pytest.raises(InputError, match="standard errors must be 0 or more"):
        shrink(0.1, -1.0, Prior(0, 1))
    with pytest.raises(InputError, match="every gain must have a standard error above 0; got 2 gains and 1 errors"):
        empirical_prior([0.1, 0.2], [0.1])
