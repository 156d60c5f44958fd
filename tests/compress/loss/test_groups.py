"""Is a group guilty only where its rows lose beyond chance?"""

import numpy as np

from naeum.compress.loss.groups import groups
from naeum.compress.loss.slices import CLASS, LENGTH, Slice


def test_the_group_that_loses_is_told_from_those_that_do_not():
    half = np.arange(100) < 50
    before, after = np.zeros(100), np.zeros(100)
    after[:12] = 1.0  # of the first half
    before[90:92] = 1.0  # two of the second became right
    first, second = groups([Slice(LENGTH, "short", half), Slice(LENGTH, "long", ~half)], before, after)
    assert (first.name, first.worse, first.better, first.rows) == ("short", 12, 0, 50)
    assert first.guilty and not second.guilty
    assert first.share == 12 / 10 and second.share == -2 / 10
    assert first.part == 0.5 and first.after - first.before == 12 / 50


def test_a_group_that_loses_as_all_rows_do_is_not_guilty():
    found = groups([Slice(LENGTH, "short", np.arange(100) < 50)], np.zeros(100), (np.arange(100) % 4 == 0) * 1.0)
    assert found[0].p < 0.05 and not found[0].guilty


def test_many_groups_are_forgiven_more():
    rng = np.random.default_rng(0)
    many = [Slice(CLASS, str(at), rng.permutation(200) < 40) for at in range(40)]
    after = np.zeros(200)
    after[many[0].rows] = rng.random(40) < 0.15
    alone = groups(many[:1], np.zeros(200), after)[0]
    beside = next(one for one in groups(many, np.zeros(200), after) if one.name == "0")
    assert beside.p > alone.p


def test_nothing_lost_is_nobodys_share():
    found = groups([Slice(LENGTH, "all", np.ones(4, bool))], np.ones(4), np.ones(4))
    assert found[0].share == 0 and found[0].p == 1 and not found[0].guilty
