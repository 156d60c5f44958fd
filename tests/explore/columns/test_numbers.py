"""Are moments, quartiles, outliers and bars those that numpy and scipy find?"""

import numpy as np
import pandas as pd
from scipy import stats

from naeum.explore.columns.numbers import bar_count, fences, numbers


def test_numbers_are_those_of_numpy(plain):
    x = np.random.default_rng(0).lognormal(size=900)
    found = numbers(plain(pd.DataFrame({"x": x})), ["x"], frozenset({"x"}))["x"]
    assert np.isclose(found["mean"], x.mean()) and np.isclose(found["deviation"], x.std())
    assert np.isclose(found["skew"], stats.skew(x))
    assert np.allclose(list(found["quantiles"].values()), np.quantile(x, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]))
    low, high = fences(found)
    assert (found["below"], found["above"]) == ((x < low).sum(), (x > high).sum())
    assert found["whiskers"] == [x[x >= low].min(), x[x <= high].max()]
    assert [each["value"] for each in found["farthest"]] == sorted(x[x > high], reverse=True)[:20]
    assert x[found["farthest"][0]["row"]] == x.max()
    shape = found["histogram"]
    assert sum(shape["counts"]) + shape["below"] + shape["above"] == 900
    assert all(value > high for value in found["outlying"])


def test_whole_numbers_have_a_bar_each(plain):
    rows = [{"age": str(n % 10)} for n in range(100)]
    shape = numbers(plain(rows), ["age"], frozenset({"age"}))["age"]["histogram"]
    assert shape["counts"] == [10] * 10 and (shape["low"], shape["high"]) == (-0.5, 9.5)


def test_infinity_and_constants_do_no_harm(plain):
    rows = [{"x": "inf" if n == 2 else str(n / 3), "one": "5"} for n in range(40)]
    found = numbers(plain(rows), ["x", "one"], frozenset({"x", "one"}))
    assert found["x"]["infinite"] == 1 and np.isfinite(found["x"]["mean"]) and found["one"]["skew"] == 0.0
    assert sum(found["one"]["histogram"]["counts"]) == 40


def test_bars_stay_readable():
    one = {"quantiles": {"0.25": 0.0, "0.75": 1.0}}
    assert bar_count(one, 10**9, 0.0, 1.0) == 40 and bar_count(one, 8, 0.0, 1.0) == 8
