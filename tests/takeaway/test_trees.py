"""Do trees answer in code as they do in naeum, and grow as well?"""

from dataclasses import dataclass

import numpy as np
import pytest

from naeum.model.around.blend import Blend
from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear
from naeum.testing.worlds import labels, prices, table
from tests.takeaway.conftest import classes_of, right
from tests.takeaway.test_table import checked, labels_of, odd, with_streets

MARGIN = 0.15  # of the share of right answers, on twenty rows
LEARNERS = (
    Boosting(rounds=25, least_rows=5),
    Forest(trees=10),
    Forest(how="extra", trees=10, class_weight="balanced", columns=0.5),
    AdaBoost(trees=10),
)
NUMBERS = (Boosting(rounds=25, least_rows=5, target="log"), LEARNERS[1], LEARNERS[3])


@pytest.mark.parametrize("learner", LEARNERS, ids=lambda one: one.kind)
def test_trees_of_classes_answer_odd_rows_alike_and_grow_as_well(writing, retrained, learner):
    parts = table.parts(60)
    made = writing(learner, parts, odd(table))
    again = retrained(made.module, parts, classes_of)
    own = made.predictor.predict(parts.tune.rows).scores
    assert right(again, parts.tune) >= right(own, parts.tune) - MARGIN
    checked(made.file)


@pytest.mark.parametrize("learner", NUMBERS, ids=lambda one: one.kind)
def test_trees_of_a_number_answer_in_its_units(writing, retrained, learner):
    parts = prices.parts(60)
    made = writing(learner, parts, odd(prices))
    again = retrained(made.module, parts, lambda data: data.truth.to_pylist())
    truth, own = parts.tune.truth.to_numpy(), made.predictor.predict(parts.tune.rows).scores[:, 0]
    assert abs(again[:, 0] - truth).mean() <= 1.4 * abs(own - truth).mean()
    checked(made.file)


@pytest.mark.parametrize("learner", LEARNERS[:2], ids=lambda one: one.kind)
def test_trees_of_several_labels_and_rare_categories(writing, retrained, learner):
    parts = with_streets(labels.parts(60))
    made = writing(learner, parts)
    again = retrained(made.module, parts, labels_of)
    own = made.predictor.predict(parts.tune.rows).scores
    assert ((again > 0) == (own > 0)).mean() > 0.85


def test_a_blend_of_trees_and_weights(writing):
    learner = Blend(
        (Boosting(rounds=25, least_rows=5), TableLinear(c=0.1), Forest(trees=5), Forest(trees=3)), how="mean"
    )
    made = writing(learner, table.parts(36), odd(table))
    names = {one.name for one in made.file.with_name("model_weights").iterdir()}
    assert {"trees.npz", "trees2.npz", "trees3.npz", "table.npz"} <= names


@pytest.mark.parametrize("learner", [LEARNERS[0], LEARNERS[1], LEARNERS[3]], ids=lambda one: one.kind)
def test_rows_of_one_class_grow_no_tree(writing, learner):
    parts = table.parts(24)
    made = writing(learner, parts)
    rows = parts.fit.rows.to_pandas()
    scores = made.module.build().fit(rows, np.zeros(len(rows), int), np.ones(len(rows))).scores(rows)
    assert (made.module.decided(scores) == 0).all() and np.isfinite(scores).all()


def test_trees_of_another_recipe_predict_only(writing):
    @dataclass(frozen=True)
    class Other(Boosting):
        kind = "other_boosting"

    made = writing(Other(rounds=25, least_rows=5), table.parts(24), odd(table))
    assert made.card["no_training"] == "the script cannot train other_boosting; it predicts"
