"""Do shares of classes that differ between periods show?"""

import numpy as np

from naeum.explore.shift.mix import label_drift


def test_a_class_that_comes_up_shows():
    target = np.array([0] * 90 + [1] * 10 + [0] * 10 + [1] * 90)
    found = label_drift(target, [np.arange(100), np.arange(100, 200)], 2)
    assert found["shares"][0] == [0.9, 0.1] and found["cramer_v"] > 0.7 and found["p"] < 1e-6


def test_classes_without_rows_and_unlabelled_rows_do_not_count():
    target = np.array([0, 1] * 50 + [-1] * 20)
    found = label_drift(target, [np.arange(60), np.arange(60, 120)], 3)
    assert found["cramer_v"] < 0.05 and found["codes"][-1] == 2
    assert label_drift(np.zeros(40, np.int64), [np.arange(20), np.arange(20, 40)], 2) is None
