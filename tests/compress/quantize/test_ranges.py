"""Do the ends of activations hold what matters, and is what eight bits tell near to it?"""

import numpy as np
import pytest

from naeum.compress.quantize import ranges
from naeum.errors import InputError

NORMAL = np.random.default_rng(0).normal(size=50_000)


@pytest.mark.parametrize("how", ranges.WAYS)
def test_ends_hold_zero_and_most_values(how):
    low, high = ranges.between(NORMAL, how)
    assert low < 0 < high
    assert ((low <= NORMAL) & (high >= NORMAL)).mean() > 0.98


def test_minmax_holds_every_value():
    assert ranges.minmax(NORMAL) == (NORMAL.min(), NORMAL.max())


@pytest.mark.parametrize("how", ["percentile", "entropy"])
def test_an_outlier_does_not_widen_the_ends_as_it_does_the_widest(how):
    values = np.concatenate([NORMAL, [100.0]])
    assert ranges.between(values, "minmax")[1] == 100
    assert ranges.between(values, how)[1] < 50


def test_mse_is_no_worse_than_the_widest_ends():
    values = np.concatenate([NORMAL, [30.0, -20.0]])

    def error(ends):
        return float(np.square(values - ranges.rounded(values, *ranges.scale_of(*ends))).mean())

    assert error(ranges.mse(values)) <= error(ranges.minmax(values))


def test_entropy_parts_least_from_the_distribution():
    """The divergence of the ends it chose is the least of those tried, by an independent reckoning."""
    from scipy.stats import entropy

    counts, edges = np.histogram(np.abs(NORMAL), bins=ranges.BINS, range=(0, np.abs(NORMAL).max()))
    tried = np.unique(np.linspace(ranges.NARROWEST * ranges.BINS, ranges.BINS, ranges.TRIED).round().astype(int))
    found = {}
    for bins in tried:
        whole = counts[:bins].astype(float)
        parts = np.array_split(np.arange(bins), ranges.COARSE)
        coarse = np.zeros(bins)
        for part in parts:
            there = part[whole[part] > 0]
            coarse[there] = whole[part].sum() / max(len(there), 1)
        whole[-1] += counts[bins:].sum()
        if (coarse[whole > 0] > 0).all():
            found[bins] = entropy(whole, coarse)
    best = min(found, key=found.get)
    assert ranges.entropy(NORMAL)[1] == pytest.approx(min(NORMAL.max(), edges[best]), rel=0.1)


def test_rounding_is_within_half_a_step_and_zero_is_exact():
    step, zero = ranges.scale_of(-1.3, 2.7)
    inside = np.linspace(-1.3, 2.7, 999)
    assert np.abs(ranges.rounded(inside, step, zero) - inside).max() <= step * 0.51 + step
    assert ranges.rounded(np.zeros(1), step, zero)[0] == 0
    assert np.abs(ranges.rounded(inside[5:-5], step, zero) - inside[5:-5]).max() <= step * 0.501


def test_constant_activations_have_a_step():
    step, zero = ranges.scale_of(0.0, 0.0)
    assert step > 0 and zero == 0
    assert ranges.between(np.full(9, 3.0), "entropy")[1] == 3


def test_what_cannot_be_calibrated_is_refused():
    with pytest.raises(InputError, match="one of minmax, percentile, entropy, mse; got 'guess'; correct its name"):
        ranges.between(NORMAL, "guess")
    with pytest.raises(InputError, match="must see finite values; got 2 with others among them"):
        ranges.between(np.array([1.0, np.nan]), "minmax")
