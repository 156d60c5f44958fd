"""Do the tiny data hold a truth that can be learned, the same one for the same seed?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.testing.data import SIGNAL, make, parts


@pytest.mark.parametrize("korean", [False, True])
def test_every_row_holds_words_of_its_class_and_of_no_other(korean: bool) -> None:
    data = make(30, classes=3, korean=korean)
    for text, code in zip(data.rows["text"].to_pylist(), data.target, strict=True):
        held = {c for c in range(3) if set(text.split()) & set(SIGNAL[korean][c])}
        assert held == {code}


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    assert make(12, seed=3).key == make(12, seed=3).key
    assert make(12, seed=3).key != make(12, seed=4).key


def test_noise_turns_about_that_share_of_labels() -> None:
    wrong = make(400, noise=0.2).target != make(400).target
    assert 0.12 < wrong.mean() < 0.28


def test_parts_share_no_row() -> None:
    both = parts(30, classes=3)
    assert len(np.intersect1d(both.fit.ids, both.tune.ids)) == 0
    assert set(both.tune.target) == {0, 1, 2}
