"""Do the measures of agreement give what others compute, and what is published?"""

from itertools import permutations

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from naeum.explore.labels.agreement import cohen, fleiss, krippendorff

# Fleiss 1971 gives kappa 0.430 for 30 patients; this is the worked table of ten items, 14 raters and five categories
# that Wikipedia's article on Fleiss' kappa computes: 0.210.
WORKED = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
# Krippendorff 2011, section C: four observers, twelve units, missing values; nominal alpha 0.743.
OBSERVERS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]).T - 1  # fmt: skip


def by_pairs(ratings):
    """Krippendorff's alpha from the definition: the disagreement within units against that of all pairs."""
    units = [[int(value) for value in row if value >= 0] for row in ratings]
    units = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in units for value in unit]
    within = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / len(values)
    everywhere = sum(a != b for a, b in permutations(values, 2)) / (len(values) * (len(values) - 1))
    return 1 - within / everywhere


def test_cohen_equals_scikit_learn():
    rng = np.random.default_rng(0)
    one = rng.integers(0, 4, 300)
    other = np.where(rng.random(300) < 0.7, one, rng.integers(0, 4, 300))
    assert cohen(one, other) == pytest.approx(cohen_kappa_score(one, other))


def test_cohen_leaves_out_what_one_did_not_label():
    one, other = np.array([0, 1, 1, -1]), np.array([0, 1, 0, 1])
    assert cohen(one, other) == pytest.approx(cohen_kappa_score([0, 1, 1], [0, 1, 0]))
    assert np.isnan(cohen(np.array([-1, 0]), np.array([0, -1])))


def test_fleiss_gives_the_worked_table():
    ratings = np.array([[code for code, times in enumerate(row) for _ in range(times)] for row in WORKED])
    assert fleiss(ratings) == pytest.approx(0.210, abs=0.0005)


def test_krippendorff_gives_the_published_value():
    assert krippendorff(OBSERVERS) == pytest.approx(0.743, abs=0.0005)


def test_krippendorff_equals_its_definition():
    rng = np.random.default_rng(1)
    ratings = rng.integers(-1, 3, (60, 5))
    assert krippendorff(ratings) == pytest.approx(by_pairs(ratings))


def test_perfect_agreement_is_one_and_chance_near_none():
    same = np.repeat(np.arange(3), 40)[:, None].repeat(3, axis=1)
    assert cohen(same[:, 0], same[:, 1]) == fleiss(same) == krippendorff(same) == 1
    rng = np.random.default_rng(2)
    random = rng.integers(0, 3, (4000, 3))
    assert abs(fleiss(random)) < 0.03 and abs(krippendorff(random)) < 0.03


def test_one_class_only_counts_as_agreement_and_nobody_as_nothing():
    alone = np.zeros((5, 2), np.int64)
    assert cohen(alone[:, 0], alone[:, 1]) == fleiss(alone) == krippendorff(alone) == 1
    nobody = np.full((5, 2), -1)
    assert np.isnan(fleiss(nobody)) and np.isnan(krippendorff(nobody))
