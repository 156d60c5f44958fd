"""Does the map show the classes that are confused most?"""

import numpy as np

from naeum.report.figures import confusion


def test_the_block_holds_the_classes_that_are_confused_most():
    counts = np.eye(30, dtype=np.int64) * 10
    counts[3, 17] = counts[17, 3] = 6
    counts[8, 9] = 4
    block = confusion.most_confused(counts, 4).tolist()
    assert sorted(block) == [3, 8, 9, 17]
    assert abs(block.index(3) - block.index(17)) == 1


def test_all_classes_are_shown_where_they_fit():
    assert confusion.most_confused(np.zeros((5, 5), np.int64), 16).tolist() == [0, 1, 2, 3, 4]


def test_pairs_are_the_most_frequent_mistakes():
    counts = np.array([[5, 2, 0], [1, 7, 0], [0, 3, 9]])
    assert confusion.pairs(counts, 2) == [(2, 1, 3), (0, 1, 2)]
