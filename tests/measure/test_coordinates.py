"""Do rows, columns and texts lie where they should?"""

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.measure.coordinates import (
    coordinates,
    number_columns,
    table_as_points,
    texts_as_narrow_points,
    texts_as_points,
)
from naeum.measure.similarity import similarity

TEXTS = ["배송이 너무 늦어요", "배송이 너무 늦었어요", "환불해 주세요", "where is my parcel"]
ROWS = [{"나이": "20", "성": "여", "날": "2026-01-01"}, {"나이": "", "성": "남", "날": "2026-01-03"},
        {"나이": "40", "성": "", "날": "2026-01-05"}]  # fmt: skip


def test_numbers_are_scaled_and_categories_are_one_apart():
    points = table_as_points(ROWS, use=("나이", "성"))
    assert points[:, 0].tolist() == [-1.0, 0.0, 1.0]
    assert np.linalg.norm(points[0, 1:] - points[1, 1:]) == pytest.approx(1)
    assert points[2, 1:].tolist() == [0, 0]
    assert table_as_points(ROWS, columns=True).shape == (2, 3) and number_columns(ROWS) == ("나이", "날")


def test_texts_that_share_letters_lie_near():
    found = similarity(TEXTS)
    assert found[0, 1] > 0.5 > 0.2 > found[0, 2] and found[0, 3] == 0
    assert similarity(TEXTS, how="jaccard")[0, 1] > 0.4
    assert similarity(TEXTS[:1], TEXTS[1:]).shape == (1, 3)
    assert texts_as_points(["", "가"])[0].nnz == 0


def test_narrow_points_keep_inner_products():
    exact = texts_as_points(TEXTS, sets=True)
    wanted, found = (exact @ exact.T).toarray(), texts_as_narrow_points(TEXTS)
    assert np.abs(found @ found.T - wanted).max() < 0.25 * wanted.max()


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda: coordinates(np.ones((2, 3)), np.ones((2, 4))), "vectors must be equally wide; got 3 and 4"),
        (lambda: coordinates([[1.0, float("inf")]]), "vectors must be a table of finite numbers"),
        (lambda: coordinates([[1.0], [1.0, 2.0]]), "vectors must be rows of equally many numbers"),
        (lambda: coordinates(ROWS, ROWS), "tables must be compared with themselves; got two"),
        (lambda: coordinates(TEXTS, columns=True), "texts have no columns; got axis='columns'; pass a table"),
        (lambda: table_as_points(ROWS, use=("키",)), "columns must be among 나이, 성, 날; got '키'; correct its name"),
        (lambda: table_as_points([{"a": "x"}]), "rows must have numbers or categories to be compared by"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
