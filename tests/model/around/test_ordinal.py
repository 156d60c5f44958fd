"""Does one question a step make chances of classes that fit their order?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Outputs, Parts
from naeum.errors import InputError
from naeum.model.around.ordinal import Ordinal, above, between
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import ordered


def test_chances_that_rise_are_made_to_fall():
    told = np.exp(between([np.float32([0.3, 0.9]), np.float32([0.5, 0.2])]))
    assert told.sum(axis=1) == pytest.approx([1, 1])
    assert told[0] == pytest.approx([0.7, 0.0, 0.3], abs=1e-5) and told[1] == pytest.approx([0.1, 0.7, 0.2], abs=1e-5)


def test_soft_targets_are_summed_on_either_side_and_unlabelled_rows_stay_so():
    fit = ordered.parts(3).fit
    soft = replace(fit, soft=np.float32([[0.2, 0.3, 0.5], [1, 0, 0], [0, 0, 0]]), target=np.array([2, 0, -1]))
    found = above(soft, 0)
    assert found.soft.round(2).tolist() == [[0.20000000298023224, 0.800000011920929], [1, 0], [0, 0]]
    assert found.target.tolist() == [1, 0, -1] and found.key != above(soft, 1).key
    assert not found.task.ordered and found.task.classes == ("up to", "above")


def test_each_step_is_asked_once():
    asked = []

    class Run(TinyRun):
        def fit(self, inner, given, share=1.0):
            asked.append((given.fit.key, round(share, 2)))
            return super().fit(inner, given, share)

    given = ordered.parts(30)
    fitted = Ordinal(TfidfLogistic()).fit(given, Run(Path()))
    assert len(asked) == 2 and len({key for key, _ in asked}) == 2 and all(share == 0.5 for _, share in asked)
    same = fitted.combine([step.predict(given.tune.rows) for step in fitted.members])
    assert isinstance(same, Outputs) and np.array_equal(same.scores, fitted.predict(given.tune.rows).scores)


def test_classes_without_an_order_are_refused():
    given = parts(20, classes=3)
    assert not Ordinal(TfidfLogistic()).claims(given.fit.task) and Ordinal(TfidfLogistic()).claims(ordered.TASK)
    with pytest.raises(InputError, match="must be given classes in an order; a, b, c stand in none"):
        Ordinal(TfidfLogistic()).fit(Parts(given.fit, given.tune), TinyRun(Path()))
