"""Does a bag use every row once to learn from the others, and is its answer the mean of its fits?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import AUGMENTED, Parts
from naeum.errors import InputError
from naeum.model.around.bagged import Bagged
from naeum.model.floor import Majority
from naeum.model.table.boosting import Boosting
from naeum.model.table.linear import TableLinear
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import prices, table


class Watching(TinyRun):
    """A run that remembers what it was asked to fit."""

    def fit(self, inner, parts, share=1.0):
        self.__dict__.setdefault("asked", []).append((parts, share))
        return super().fit(inner, parts, share)


def test_every_row_is_looked_at_once_and_learned_from_in_all_other_fits(tmp_path):
    run, given = Watching(tmp_path), table.parts(50)
    Bagged(Majority(), folds=5).fit(given, run)
    looked = np.concatenate([parts.tune.ids for parts, _ in run.asked])
    assert sorted(looked.tolist()) == sorted(given.fit.ids.tolist())
    for parts, _ in run.asked:
        assert not set(parts.fit.ids.tolist()) & set(parts.tune.ids.tolist())
        assert len(parts.fit) + len(parts.tune) == len(given.fit)
    assert [round(1 / share) for _, share in run.asked] == [5, 4, 3, 2, 1]


def test_made_rows_are_never_looked_at(tmp_path):
    run, given = Watching(tmp_path), table.parts(40)
    origin = np.where(np.arange(40) < 10, AUGMENTED, 0).astype(np.uint8)
    made = Parts(replace(given.fit, origin=origin, key="made"), given.tune)
    Bagged(Majority(), folds=4).fit(made, run)
    assert all((parts.tune.origin == 0).all() for parts, _ in run.asked)
    assert sum(len(parts.tune) for parts, _ in run.asked) == 30


def test_deciles_of_numbers_are_spread(tmp_path):
    run, given = Watching(tmp_path), prices.parts(100)
    Bagged(Majority(), folds=5).fit(given, run)
    means = [float(np.mean(parts.tune.truth.to_numpy())) for parts, _ in run.asked]
    spread = float(np.std(given.fit.truth.to_numpy()))
    assert max(means) - min(means) < 0.3 * spread


def test_the_mean_of_the_fits_answers(tmp_path):
    given = prices.parts(60)
    bag = Bagged(TableLinear(c=1.0), folds=3).fit(given, TinyRun(tmp_path))
    each = np.mean([one.predict(given.tune.rows).scores for one in bag.members], axis=0)
    assert bag.predict(given.tune.rows).scores == pytest.approx(each, rel=1e-5)


def test_each_fit_stops_by_its_own_rows_so_nothing_is_left_to_decide(tmp_path):
    given, learner = table.parts(60), Bagged(Boosting(rounds=50, least_rows=5), folds=3)
    assert learner.fit(given, TinyRun(tmp_path)).decided(learner) == learner


def test_one_group_alone_is_fitted_plainly(tmp_path):
    given = table.parts(30)
    alone = Parts(replace(given.fit, group=np.zeros(30, np.int64), key="alone"), given.tune)
    assert len(Bagged(Majority()).fit(alone, TinyRun(tmp_path)).members) == 1


def test_no_time_left_means_fewer_fits(tmp_path):
    class Short(TinyRun):
        def seconds_left(self):
            times = self.__dict__.setdefault("times", [10.0])
            times.append(times[-1] - 5.0)
            return times[-1]

    assert len(Bagged(Majority()).fit(table.parts(50), Short(tmp_path)).members) == 1


def test_folds_are_at_least_two():
    with pytest.raises(InputError, match="folds must be 2 or more; got 1; 5 is usual"):
        Bagged(Majority(), folds=1)
