"""Do groups go to parts whole, stratified, and in the sizes asked for?"""

import numpy as np
import pytest

from naeum.data.cut import cut, folds, units


def make(target, groups=None, time=None):
    target = np.asarray(target, np.int64)
    ids = np.random.default_rng(0).integers(1, 2**63, len(target)).astype(np.uint64)
    groups = np.arange(len(target)) if groups is None else np.asarray(groups)
    return units(groups, ids, target, None if time is None else np.asarray(time, float))


def test_units_tell_size_majority_name_and_newest():
    ids = np.array([9, 4, 7, 2], np.uint64)
    found = units(np.array([5, 5, 1, 5]), ids, np.array([1, 0, 2, 1]), np.array([1.0, 8.0, 3.0, 2.0]))
    assert found.of.tolist() == [1, 1, 0, 1]
    assert found.name.tolist() == [7, 2] and found.size.tolist() == [1, 3]
    assert found.stratum.tolist() == [2, 1] and found.newest.tolist() == [3.0, 8.0]


def test_shares_are_kept_in_every_class():
    target = np.repeat(np.arange(10), 100)
    part = cut(make(target), (0.1, 0.1, 0.1), (10_000, 5_000, 2_000), seed=0)
    for code in range(10):
        assert np.bincount(part[target == code], minlength=4).tolist() == pytest.approx([10, 10, 10, 70], abs=1)


def test_the_only_row_of_a_class_is_learned_from():
    for seed in range(20):
        assert cut(make([0] * 50 + [1]), (0.3, 0.3, 0.3), (99, 99, 99), seed)[-1] == 3


def test_caps_are_never_passed():
    part = cut(make(np.arange(5_000) % 150), (0.2, 0.2), (300, 200), seed=3)
    assert (part == 0).sum() <= 300 and (part == 1).sum() <= 200


def test_giant_groups_are_learned_from():
    groups = np.r_[np.zeros(300, int), np.arange(1, 701)]
    for seed in range(5):
        assert cut(make(np.zeros(1000, int), groups), (0.1, 0.1, 0.1), (999,) * 3, seed)[0] == 3


def test_the_newest_rows_are_the_first_part():
    time = np.random.default_rng(1).permutation(1000)
    part = cut(make(np.arange(1000) % 2, time=time), (0.1, 0.2), (1000, 1000), seed=0)
    assert set(time[part == 0]) == set(range(900, 1000)) and set(time[part == 1]) == set(range(700, 900))


def test_another_seed_cuts_otherwise():
    one, other = (cut(make([0] * 200), (0.5,), (999,), seed) for seed in (0, 1))
    assert 60 < (one == other).sum() < 140


def test_folds_are_of_like_sizes_and_classes():
    target = np.r_[np.zeros(400, int), np.ones(97, int), np.full(3, 2)]
    groups = np.arange(500)
    groups[:40] = 0
    found = make(target, groups)
    fold = folds(found, 5, seed=0)[found.of]
    assert len(set(fold[:40])) == 1
    for code, most in ((0, 80), (1, 20), (2, 1)):
        assert np.bincount(fold[target == code], minlength=5).max() <= most
    assert np.bincount(fold).tolist() == pytest.approx([100] * 5, abs=2)
