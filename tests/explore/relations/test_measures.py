"""Are the coefficients those of scipy, pandas and scikit-learn?"""

import numpy as np
import pandas as pd
from scipy.stats.contingency import association
from sklearn.metrics import mutual_info_score

from naeum.explore.relations import measures

RNG = np.random.default_rng(0)
X = RNG.normal(size=(300, 3)) @ np.array([[1, 0.8, 0], [0, 1, 0.3], [0, 0, 1]])
X[RNG.random(X.shape) < 0.1] = np.nan


def test_pearson_over_the_rows_that_both_have():
    assert np.allclose(measures.pearson(X), pd.DataFrame(X).corr(), atol=1e-9)


def test_spearman_without_gaps_and_constants():
    whole = np.nan_to_num(X)
    assert np.allclose(measures.spearman(whole), pd.DataFrame(whole).corr(method="spearman"), atol=1e-9)
    assert np.isnan(measures.pearson(np.column_stack([X[:, 0], np.ones(300)]))[0, 1])


def test_cramers_v_nears_the_plain_one_and_is_none_by_chance():
    one = RNG.integers(0, 3, 5000)
    other = np.where(RNG.random(5000) < 0.7, one, RNG.integers(0, 3, 5000))
    plain = association(measures.contingency(one, other).astype(int), method="cramer")
    assert abs(measures.cramers_v(one, other) - plain) < 0.01
    assert measures.cramers_v(one, RNG.integers(0, 50, 5000)) < 0.05
    assert np.isnan(measures.cramers_v(one, np.zeros(5000, np.int64)))


def test_mutual_information_less_its_bias():
    one = RNG.integers(0, 4, 20_000)
    other = np.where(RNG.random(20_000) < 0.5, one, RNG.integers(0, 4, 20_000))
    assert abs(measures.mutual_information(one, other) - mutual_info_score(one, other) / np.log(2)) < 0.002
    few = RNG.integers(0, 30, 300), RNG.integers(0, 30, 300)
    assert measures.mutual_information(*few) < 0.05 < mutual_info_score(*few)


def test_correlation_ratio_entropy_and_bins():
    codes, numbers = np.array([0, 0, 1, 1] * 5), np.array([1.0, 3.0, 2.0, 4.0] * 5)
    assert np.isclose(measures.correlation_ratio(codes, numbers), 0.2)
    assert measures.entropy(np.array([0, 1, -1])) == 1.0
    assert measures.binned(np.arange(8.0), 4).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
