"""Do four bits say nearly what the weights said, and as nearly as they can?"""

import numpy as np
import pytest

from naeum.compress.quantize import packing
from naeum.compress.quantize.packing import NORMAL, four_bits, normal_floats

RNG = np.random.default_rng(0)
WEIGHT = RNG.normal(size=(100, 30)).astype(np.float32)


@pytest.mark.parametrize("group", [32, 64, 128])
@pytest.mark.parametrize("symmetric", [True, False])
def test_four_bits_are_off_by_half_a_step_at_most(group, symmetric):
    found = four_bits(WEIGHT, group, symmetric)
    blocks = -(-100 // group)
    assert found.back.shape == WEIGHT.shape and found.bytes.shape == (30, blocks, group // 2)
    steps = np.repeat(found.steps.reshape(30, blocks), group, axis=1)[:, :100].T
    assert (np.abs(found.back - WEIGHT) <= 0.51 * steps + (0 if symmetric else 0.5 * steps)).all()
    assert (found.zeros is None) == symmetric


def test_weights_of_one_sign_lose_less_where_zero_is_placed():
    weight = np.abs(WEIGHT)
    errors = [np.square(four_bits(weight, 32, symmetric).back - weight).mean() for symmetric in (True, False)]
    assert errors[1] < errors[0] / 2


def test_normal_weights_lose_less_in_steps_that_lie_as_they_do():
    even, unequal = four_bits(WEIGHT, 64, True).back, normal_floats(WEIGHT, 64).back
    assert np.square(unequal - WEIGHT).mean() < np.square(even - WEIGHT).mean()


def test_every_weight_takes_the_nearest_step_and_an_odd_number_is_filled_up():
    weight = WEIGHT[:7, :3]
    found = normal_floats(weight, 32)
    scaled = weight / np.abs(weight).max()
    nearest = NORMAL[np.abs(scaled[..., None] - NORMAL).argmin(axis=-1)]
    np.testing.assert_allclose(found.back, nearest * np.abs(weight).max(), rtol=1e-6)
    assert len(found.bytes) == 11 and len(found.steps) == 1


def test_the_steps_are_quantiles_of_a_normal_distribution():
    """Dettmers et al. 2023: eight steps above zero and seven below it, the ends at 1."""
    from scipy.stats import norm

    offset = (1 - 1 / 30 + 1 - 1 / 32) / 2
    above, below = norm.ppf(np.linspace(offset, 0.5, 9)[:-1]), -norm.ppf(np.linspace(offset, 0.5, 8)[:-1])
    made = np.sort(np.concatenate([above, [0.0], below])) / above[0]
    np.testing.assert_allclose(NORMAL, made, atol=2e-3)


def test_halves_keep_what_they_can():
    weight = np.array([[1.0, 1e-3, 1e6]], np.float32)
    half, brain = (np.asarray(packing.half(weight, name), np.float32) for name in ("float16", "bfloat16"))
    np.testing.assert_allclose(half[0, :2], weight[0, :2], rtol=1e-3)
    assert half[0, 2] == np.finfo(np.float16).max
    np.testing.assert_allclose(brain, weight, rtol=4e-3)
