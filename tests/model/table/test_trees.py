"""Do the trees that are kept answer as those of scikit-learn do?"""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.tree import DecisionTreeRegressor

from naeum.model.table import trees
from naeum.model.table.trees import Trees, joined, none_of, of_boosting, of_sklearn, weighted_median

RNG = np.random.default_rng(0)
MATRIX = RNG.normal(size=(500, 5))
MATRIX[:, 3] = RNG.integers(0, 9, 500)
MATRIX[:, 1] = RNG.integers(0, 40, 500)
TRUTH = MATRIX[:, 0] + np.isin(MATRIX[:, 3], [1, 4, 8]) * 3 + (MATRIX[:, 1] % 3)
GAPS = np.where(RNG.random(MATRIX.shape) < 0.1, np.nan, MATRIX)


def boosted(matrix, categories):
    model = HistGradientBoostingRegressor(max_iter=20, categorical_features=categories, min_samples_leaf=3)
    model.fit(matrix, TRUTH)
    order = np.array([*categories, *(at for at in range(5) if at not in categories)])
    kept = joined([of_boosting(tree, 0, order) for (tree,) in model._predictors])
    return kept, lambda some: kept.answer(some, 1)[:, 0] + np.ravel(model._baseline_prediction), model


@pytest.mark.parametrize("categories", [[], [3], [1, 3]])
def test_boosted_trees_with_gaps_and_categories_answer_the_same(categories):
    _, ours, model = boosted(GAPS, categories)
    assert np.allclose(ours(GAPS), model.predict(GAPS), atol=1e-6)
    assert np.allclose(ours(MATRIX), model.predict(MATRIX), atol=1e-6)


def test_forests_answer_the_same():
    model = RandomForestRegressor(10, random_state=0).fit(MATRIX, TRUTH)
    kept = joined([of_sklearn(one.tree_, one.tree_.value[:, 0], weight=0.1) for one in model.estimators_])
    assert np.allclose(kept.answer(MATRIX, 1)[:, 0], model.predict(MATRIX), atol=1e-6)


def test_a_threshold_is_met_in_single_precision():
    near = np.linspace(0, 1, 300)[:, None] ** 3
    tree = DecisionTreeRegressor(random_state=0).fit(near, np.arange(300) % 7).tree_
    kept = of_sklearn(tree, tree.value[:, 0])
    edges = tree.threshold[tree.feature >= 0][:, None]
    assert np.array_equal(kept.leaves(edges)[:, 0], tree.apply(edges.astype(np.float32)))


def test_lots_of_rows_and_single_rows_answer_alike(monkeypatch):
    kept, ours, _ = boosted(GAPS, [3])
    whole = ours(GAPS)
    monkeypatch.setattr(trees, "AT_ONCE", 100)
    assert np.array_equal(ours(GAPS), whole) and kept.answer(GAPS[:0], 1).shape == (0, 1)


def test_arrays_come_back():
    kept, _, _ = boosted(GAPS, [1, 3])
    back = Trees.of(kept.arrays(), kept.single, kept.depth)
    assert len(back) == 20 and np.array_equal(back.answer(GAPS, 1), kept.answer(GAPS, 1))


def test_no_tree_says_nothing_and_medians_are_weighted():
    assert none_of(1).answer(MATRIX, 3).tolist() == np.zeros((500, 3)).tolist()
    assert weighted_median(np.array([[3.0, 1.0, 2.0]]), np.array([1.0, 1.0, 1.0])).tolist() == [2.0]
    assert weighted_median(np.array([[3.0, 1.0, 2.0]]), np.array([5.0, 1.0, 1.0])).tolist() == [3.0]
