"""Are errors planted as told, and suspects scored against them?"""

from __future__ import annotations

import numpy as np

from benchmarks import labels


def test_as_many_labels_are_planted_as_asked_and_each_is_another_class() -> None:
    clean = np.arange(1000) % 5
    dirty = labels.planted(clean, 5, 0.2)
    assert (clean != dirty).sum() == 200 and set(dirty.tolist()) == set(range(5))
    assert (labels.planted(clean, 5, 0.2) == dirty).all()


def test_precision_and_recall_are_those_of_sets() -> None:
    found = labels.scored([1, 2, 3, 4], [3, 4, 5])
    assert found["precision"] == 0.5 and found["recall"] == 2 / 3 and found["suspects"] == 4
    assert labels.scored([], [1])["f1"] == 0
