"""Are parts told apart when they differ, and only then?"""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from naeum.diagnose.adversary import auroc, tell_apart


def test_auroc_equals_scikit_learn():
    rng = np.random.default_rng(0)
    one, other = np.round(rng.normal(0.5, 1, 70), 1), np.round(rng.normal(0, 1, 90), 1)
    got = auroc(one, other)
    assert got.value == pytest.approx(roc_auc_score([1] * 70 + [0] * 90, np.concatenate([one, other])))
    assert got.low < got.value < got.high


def test_the_interval_covers():
    """Normal scores one standard deviation apart: AUROC Φ(1/√2) = 0.7602."""
    rng, held = np.random.default_rng(1), 0
    for _ in range(200):
        got = auroc(rng.normal(1, 1, 60), rng.normal(0, 1, 80))
        held += got.low <= 0.7602 <= got.high
    assert held >= 183


def test_equal_parts_look_alike_and_unequal_ones_do_not(rows):
    first, second = rows([0, 1] * 80), rows([0, 1] * 80, start=1000)
    assert abs(tell_apart(first, second).auroc.value - 0.5) < 0.1
    other = rows([0, 1] * 80, start=1000, texts=[f"전혀 다른 문장 {row}" for row in range(160)])
    apart = tell_apart(first, other)
    assert apart.auroc.value > 0.95 and len(apart.likeness) == len(second) == len(apart.ids)


def test_duplicates_within_a_part_do_not_give_it_away(rows):
    """Each text stands ten times in its part: only whole groups on one side keep the classifier honest."""
    words = np.random.default_rng(5).permutation(60)
    group = np.repeat(np.arange(30), 10)
    first = rows(group % 2, texts=[f"글 {words[each]}" for each in group], group=group)
    second = rows(group % 2, texts=[f"글 {words[each + 30]}" for each in group], group=group + 30, start=1000)
    assert abs(tell_apart(first, second).auroc.value - 0.5) < 0.3
