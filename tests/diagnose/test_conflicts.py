"""Are conflicting rows counted, those of one input together?"""

import numpy as np

from naeum.diagnose.conflicts import conflicts


def test_rows_of_one_input_stand_together_and_the_rarer_labels_are_lost():
    same = np.array([0, 1, 0, 2, 1, 0, 2])
    target = np.array([0, 0, 1, 1, 0, 0, 0])
    found = conflicts(same, target)
    assert found.inputs == 2 and found.rows.tolist() == [0, 2, 5, 3, 6] and found.lost == 2


def test_agreeing_rows_are_no_conflict():
    found = conflicts(np.array([0, 0, 1]), np.array([1, 1, 0]))
    assert (found.inputs, len(found.rows), found.lost) == (0, 0, 0)
