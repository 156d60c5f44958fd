"""Does a fitted table model come back from its state, for every kind of answer?"""

import numpy as np
import pytest

from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.fitted import FittedTrees, nothing
from naeum.model.table.forest import Forest
from naeum.store import Store
from naeum.testing.worlds import prices, table

QUICK = (Boosting(rounds=20, least_rows=3), Forest(trees=10), Forest(how="extra", trees=10), AdaBoost(trees=10))


@pytest.mark.parametrize("learner", QUICK, ids=lambda one: f"{one.kind}-{getattr(one, 'how', '')}")
@pytest.mark.parametrize("world", [table, prices])
def test_it_comes_back_bit_by_bit(learner, world, run, tmp_path):
    given = world.parts(60)
    fitted = learner.fit(given, run)
    Store(tmp_path, {"fitted_trees": FittedTrees}).save("one", fitted)
    back = Store(tmp_path, {"fitted_trees": FittedTrees}).load("one")
    assert np.array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    assert np.isfinite(back.predict(world.odd()).scores).all()
    assert back.decided(learner) == fitted.decided(learner)


def test_a_start_of_nothing_is_as_wide_as_the_answer():
    assert nothing(table.TASK).tolist() == [0, 0, 0] and nothing(prices.TASK).tolist() == [0]
