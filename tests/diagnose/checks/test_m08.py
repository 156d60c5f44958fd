"""M08 shift between parts: fires, keeps quiet, does not apply."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from naeum.diagnose.checks import Shift
from naeum.diagnose.checks.m08 import label_shift
from naeum.errors import NotApplicable


def test_fires_where_tune_texts_are_other_texts_and_shows_them(subject, rows):
    texts = [f"완전히 다른 출처의 글 {row}" if row < 150 else f"where lost 카드 {row}" for row in range(300)]
    tune = rows(np.arange(300) % 2, start=10_000, texts=texts)
    found = Shift().look(subject(tune=tune, tune_outputs=None))
    assert found.numbers["low"] > 0.5 and "AUROC" in found.seen and "classes" not in found.seen
    assert set(found.rows) <= set(range(10_000, 10_150)) and found.answers == ("base", "augment")


def test_fires_where_classes_are_mixed_differently(subject, rows):
    tune = rows(np.arange(300) % 5 == 0, start=10_000)
    found = Shift().look(subject(tune=tune, tune_outputs=None))
    assert "classes are mixed differently" in found.seen and "logit_adjustment" in found.answers


def test_keeps_quiet_where_the_parts_are_alike(subject):
    assert Shift().look(subject(tune_rows=300)) is None


def test_does_not_apply_to_small_parts_or_folds(subject):
    with pytest.raises(NotApplicable, match="it needs 100 rows in fit and in tune; there are 400 and 50"):
        Shift().look(subject(tune_rows=50))
    given = subject()
    with pytest.raises(NotApplicable, match="fit and tune hold the same rows"):
        Shift().look(subject(tune=given.fit, tune_outputs=None))


def test_label_shift_equals_scipy_on_large_classes(rows):
    first, second = rows(np.arange(400) % 4, classes=4), rows(np.arange(300) % 3, classes=4, start=1000)
    size, chance = label_shift(first, second)
    test = chi2_contingency([[100] * 4, [100, 100, 100, 0]], correction=False)
    assert chance == pytest.approx(test.pvalue) and size == pytest.approx((test.statistic / 700) ** 0.5)


def test_rare_classes_are_put_together(rows):
    many = rows(np.concatenate([np.zeros(200, int), np.arange(1, 40)]), classes=40)
    few = rows(np.concatenate([np.zeros(100, int), np.arange(1, 20)]), classes=40, start=1000)
    assert label_shift(many, few)[1] > 0.5
    assert label_shift(many, rows([-1, -1], classes=40)) == (0.0, 1.0)
