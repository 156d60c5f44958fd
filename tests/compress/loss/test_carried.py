"""Does the layer that adds most noise to the scores carry the largest share?"""

import numpy as np
import pytest

from naeum.compress.loss import carried as module
from naeum.compress.loss.carried import carried
from naeum.compress.quantize.sensitivity import Cost


def test_the_dearest_are_measured_alone_and_the_others_together(monkeypatch):
    monkeypatch.setattr(module, "ALONE", 2)
    costs = [Cost(name, at, 1.0 + at) for at, name in enumerate("abcd")]
    asked = []

    def alone(names):
        asked.append(names)
        return np.full((3, 1), float(len(names) * (3 if "a" in names else 1)), np.float32)

    found = carried(costs, alone, np.zeros((3, 1), np.float32), softmax=False)
    assert asked == [("a",), ("b",), ("c", "d")]
    assert [one.layer for one in found] == ["a", "", "b"]
    assert [round(one.share, 3) for one in found] == [round(9 / 14, 3), round(4 / 14, 3), round(1 / 14, 3)]
    assert found[1].decibels == 2.5 and found[1].outlier == 4.0


def test_what_all_classes_have_in_common_is_no_noise():
    costs = [Cost("a", 1.0, 1.0), Cost("b", 2.0, 1.0)]
    told = {("a",): np.full((2, 3), 7.0), ("b",): np.array([[1.0, 0.0, -1.0]] * 2)}
    found = carried(costs, told.get, np.zeros((2, 3), np.float32), softmax=True)
    assert [(one.layer, one.share) for one in found] == [("b", 1.0), ("a", 0.0)]


def test_without_noise_no_share_is_made_up():
    same = np.zeros((2, 2), np.float32)
    assert carried([Cost("a", 90.0, 1.0)], lambda names: same, same, softmax=True)[0].share == pytest.approx(0)
