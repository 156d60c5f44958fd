"""Do boosted trees, and a linear model beside them, find labels that were flipped in a table?"""

import numpy as np
import pytest

from naeum.errors import NotApplicable
from naeum.explore.labels import suspects
from naeum.explore.plain.rows import rows_of
from naeum.explore.plain.trees import by_trees

RNG = np.random.default_rng(0)
AGE, CITY = RNG.integers(0, 1000, 600), RNG.integers(0, 3, 600)
LABEL = np.where(AGE + 150 * CITY > 600, "노인", "청년")
FLIPPED = np.arange(0, 600, 40)


def rows(labels):
    return [
        {"age": str(age), "city": ("서울", "부산", "대구")[city], "label": str(label)}
        for age, city, label in zip(AGE.tolist(), CITY.tolist(), labels, strict=True)
    ]


def dirty():
    labels = LABEL.copy()
    labels[FLIPPED] = np.where(labels[FLIPPED] == "노인", "청년", "노인")
    return rows(labels)


def test_rows_are_answered_by_trees_that_did_not_see_them(plain):
    held = rows_of(plain(rows(LABEL), "label"), 1_000)
    found = by_trees(held)
    assert found.shape == (600, 2) and np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (found.argmax(axis=1) == held.dataset.target).mean() > 0.97
    assert np.array_equal(found, by_trees(held))


def test_flipped_labels_are_the_suspects(plain):
    found = suspects.look(plain(dirty(), "label"))
    named = set(found["suspect_rows"])
    assert found["what"] == "rows" and found["by"] == ["boosted trees", "a linear model"] and found["learners"] == 1
    assert len(named & set(FLIPPED.tolist())) >= 8 and len(named - set(FLIPPED.tolist())) <= 2
    first = found["listed"][0]
    assert first["suggested"] != first["label"] and first["text"].startswith("age ")


def test_columns_that_tell_nothing_suspect_nobody(plain):
    chance = RNG.permutation(LABEL)
    with pytest.raises(NotApplicable, match="tell the target too poorly"):
        suspects.look(plain(rows(chance), "label"))


def test_fewer_groups_than_folds_are_refused_as_an_answer(plain):
    few = [{"n": str(n % 2), "label": "ab"[n % 2 if n > 3 else 0]} for n in range(40)]
    with pytest.raises(NotApplicable, match="a group for each"):
        suspects.look(plain(few, "label"))
