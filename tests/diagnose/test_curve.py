"""Does the learning curve find the law that made the errors, and say how unsure it is?"""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from naeum.diagnose.curve import Law, learning_curve, nested, power_law, sizes_for
from naeum.errors import InputError, NotApplicable

SIZES = (100, 200, 400, 800, 1600, 3200)


@given(
    st.floats(0.0, 0.3), st.floats(0.5, 4.0), st.floats(0.2, 1.2), st.integers(0, 1000), st.sampled_from([0.0, 0.002])
)
@settings(max_examples=25, deadline=None)
def test_power_law_fits_no_worse_than_scipy(a, b, c, seed, noise):
    """Sum of squares against scipy's trust-region solver with the same bounds and weights."""
    sizes = np.asarray(SIZES, float)
    errors = np.maximum(a + b * sizes**-c + noise * np.random.default_rng(seed).standard_normal(6), 0)
    weights = np.linspace(1, 3, 6)
    law = power_law(SIZES, errors, weights)
    (theirs), _ = curve_fit(
        lambda n, a, b, c: a + b * n**-c, sizes, errors, p0=(0.05, 1, 0.5), sigma=weights**-0.5,
        bounds=([0, 0, 0.05], [np.inf, np.inf, 2.0]), maxfev=20_000,
    )  # fmt: skip
    loss = [
        (weights * (errors - p[0] - p[1] * sizes ** -p[2]) ** 2).sum() for p in ((law.a, law.b, law.c), tuple(theirs))
    ]
    assert loss[0] <= loss[1] * 1.001 + 1e-7


def test_power_law_equals_scipy_on_a_clean_curve():
    errors = [0.08 + 1.7 * n**-0.6 for n in SIZES]
    law = power_law(SIZES, errors)
    theirs, _ = curve_fit(lambda n, a, b, c: a + b * n**-c, SIZES, errors, p0=(0.05, 1, 0.5), maxfev=20_000)
    assert (law.a, law.b, law.c) == pytest.approx(tuple(theirs), rel=0.01)


def test_bounds_hold_where_least_squares_would_leave_them():
    falling = power_law(SIZES, [30.0 / n for n in SIZES])
    rising = power_law(SIZES, [0.1, 0.11, 0.12, 0.13, 0.14, 0.15])
    assert falling.a == pytest.approx(0, abs=1e-4) and rising.b == 0 and rising.a == pytest.approx(0.125)


def test_power_law_needs_three_sizes():
    with pytest.raises(InputError, match="a power law needs an error at three sizes or more; got 2 sizes"):
        power_law([10, 20], [0.5, 0.4])


def _made_by(law: Law, rows: int, trial: int = 99):
    """Error of each held-out row, right or wrong by chance, the same rows being hard at every size."""
    hardness = np.random.default_rng(trial).random(rows)

    def fit_and_score(size, seed):
        wobble = np.random.default_rng((seed, size)).normal(0, 0.002)
        return (hardness < law.at(size) + wobble).astype(float)

    return fit_and_score


def test_the_interval_of_the_asymptote_covers():
    """Over 30 simulated curves; a percentile interval of a parameter at its bound may cover a little less than 95 %."""
    law, held, twice = Law(0.08, 2.0, 0.5), 0, 0
    for trial in range(30):
        got = learning_curve(_made_by(law, 1000, trial), SIZES, seed=trial)
        held += got.asymptote_low <= law.a <= got.asymptote_high
        twice += got.at_double_low <= law.at(6400) <= got.at_double_high
    assert held >= 26 and twice >= 26


def test_curve_says_what_more_data_brings():
    law = Law(0.1, 3.0, 0.6)
    got = learning_curve(_made_by(law, 4000), SIZES, rows=3200)
    assert got.at_double == pytest.approx(law.at(6400), abs=0.01)
    assert got.asymptote_low <= got.asymptote <= got.asymptote_high
    assert got.remaining == pytest.approx(got.asymptote / got.law.at(3200), rel=1e-6)
    assert json.loads(json.dumps(got.to_json()))["sizes"] == list(SIZES)


def test_curve_is_the_same_for_the_same_seed():
    made = _made_by(Law(0.1, 2.0, 0.5), 300)
    assert learning_curve(made, SIZES, seed=4) == learning_curve(made, SIZES, seed=4)


def test_few_rows_leave_a_wide_interval():
    law = Law(0.1, 1.5, 0.3)
    few, many = learning_curve(_made_by(law, 300), SIZES), learning_curve(_made_by(law, 10_000), SIZES)
    assert few.at_double_high - few.at_double_low > 3 * (many.at_double_high - many.at_double_low) > 0


def test_every_size_must_be_scored_on_the_same_rows():
    with pytest.raises(
        InputError, match=r"every size must be scored on the same rows; got \[100, 200, 400, 800\] rows"
    ):
        learning_curve(lambda size, seed: np.zeros(size), (100, 200, 400, 800))


def test_sizes_need_rows_enough():
    assert sizes_for(12_000, 150) == (375, 750, 1500, 3000, 6000, 12_000)
    with pytest.raises(NotApplicable, match="a learning curve needs 2400 labelled rows for 150 classes; got 1000"):
        sizes_for(1000, 150)


@given(st.integers(0, 50), st.integers(20, 150), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_subsets_are_nested_stratified_and_keep_groups_whole(seed, size, group_size):
    data = _rows_of(seed, group_size)
    small, large = nested(data, size, seed), nested(data, 2 * size, seed)
    assert set(small) <= set(large)
    assert (data.target[large] >= 0).all()
    for chosen in (small, large):
        inside, outside = (
            set(data.group[chosen]),
            set(np.delete(data.group, chosen)[np.delete(data.target, chosen) >= 0]),
        )
        assert not inside & outside
    assert size - group_size < len(small) <= size
    shares = np.bincount(data.target[large], minlength=3) / len(large)
    assert np.abs(shares - np.bincount(data.target[data.target >= 0]) / (data.target >= 0).sum()).max() < 0.12


def _rows_of(seed, group_size):
    import pyarrow as pa

    from naeum.contract import Dataset, Task

    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(400 // group_size + 1), group_size)[:400]
    target = rng.choice(3, p=[0.6, 0.3, 0.1], size=group.max() + 1)[group]
    target[rng.random(400) < 0.05] = -1
    ids = np.arange(400, dtype=np.uint64)
    return Dataset(
        Task(classes=("가", "나", "다")), pa.table({"text": ["글"] * 400}), ids, target, np.ones(400, np.float32), "k",
        group, np.zeros(400, np.uint8), ids,
    )  # fmt: skip
