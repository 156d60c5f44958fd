"""Do rare classes count more, by as much as is asked, in learners that know no class weights?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import Parts
from naeum.errors import InputError
from naeum.model.around.weighed import Weighed, weighed
from naeum.model.floor import Majority
from naeum.model.table.boosting import Boosting
from naeum.testing.data import make
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import table


def test_every_class_has_the_same_weight_in_all():
    data = replace(make(12), target=np.array([0] * 8 + [1] * 4), weight=np.linspace(0.5, 2, 12).astype(np.float32))
    found = weighed(data, 1.0).weight
    assert found[:8].sum() == pytest.approx(found[8:].sum())
    assert found.sum() == pytest.approx(data.weight.sum())
    assert (found[:8] / data.weight[:8]).std() == pytest.approx(0, abs=1e-6)


def test_half_the_strength_is_between():
    data = replace(make(12), target=np.array([0] * 9 + [1] * 3))
    half = weighed(data, 0.5).weight
    assert half[-1] / half[0] == pytest.approx(3**0.5)
    assert weighed(data, 0.5).key != weighed(data, 1.0).key != data.key


def test_unlabelled_and_weightless_rows_stay_and_count_nothing():
    data = replace(make(6), target=np.array([0, 0, 0, 1, -1, 1]), weight=np.array([1, 1, 1, 1, 1, 0], np.float32))
    found = weighed(data, 1.0).weight
    assert found.tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2, 1, 0])
    bare = replace(data, target=np.full(6, -1))
    assert weighed(bare, 1.0) is bare


def test_boosted_trees_answer_the_rare_class_more_often(tmp_path):
    given, rng = table.parts(240), np.random.default_rng(0)
    rare = np.where(rng.random(240) < 0.15, 1, 0)  # by chance: only the weights can move the answers
    fit = replace(given.fit, target=rare, key="rare")
    plain = Boosting(rounds=50, least_rows=40, patience=0)
    shares = [
        one.fit(Parts(fit, given.tune), TinyRun(tmp_path)).predict(fit.rows).probabilities[:, 1].mean()
        for one in (plain, Weighed(plain, 0.5), Weighed(plain))
    ]
    assert shares[0] < shares[1] < shares[2] and shares[2] == pytest.approx(0.5, abs=0.1)


def test_strength_is_a_share():
    with pytest.raises(InputError, match=r"strength must be above 0 and at most 1; got 1.5; 1 balances the classes"):
        Weighed(Majority(), 1.5)
