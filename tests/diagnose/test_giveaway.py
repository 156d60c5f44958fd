"""Does a column that gives the target away show, and one that only names the rows not?"""

import datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.diagnose.giveaway import explained, giveaway

TARGET = np.random.default_rng(0).integers(2, size=600)


def _column(cells):
    return pa.chunked_array([pa.array(cells)])


def test_words_numbers_and_times_that_tell_the_target():
    words = _column(["yes" if code else "no" for code in TARGET])
    noise = np.random.default_rng(1).random(600)
    numbers = _column(TARGET * 10 + noise)
    day = datetime.datetime(2024, 1, 1)
    times = _column([day + datetime.timedelta(days=int(code) * 40, seconds=row) for row, code in enumerate(TARGET)])
    for cells in (words, numbers, times):
        found = giveaway("c", cells, TARGET)
        assert found.accuracy > 0.99 and found.closed > 0.98 and found.rows == 300
    assert giveaway("c", words, TARGET).explained == pytest.approx(1)


def test_ids_and_noise_do_not():
    ids = _column([f"id-{row}" for row in range(600)])
    noise = _column(np.random.default_rng(2).random(600))
    for cells in (ids, noise):
        assert giveaway("c", cells, TARGET).accuracy < 0.62


def test_unlabelled_rows_and_missing_cells_are_no_trouble():
    target = TARGET.copy()
    target[::3] = -1
    cells = _column([None if row % 5 == 0 else float(code) for row, code in enumerate(TARGET)])
    assert giveaway("c", cells, target).accuracy > 0.85
    assert giveaway("c", _column([None] * 600), np.full(600, -1)).accuracy == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=60))
@settings(max_examples=30, deadline=None)
def test_explained_entropy_equals_scikit_learn(pairs):
    from sklearn.metrics import homogeneity_score

    values, label = np.asarray(pairs).T
    expected = homogeneity_score(label, values) if len(set(label)) > 1 else 0.0
    assert explained(values, label) == pytest.approx(expected, abs=1e-9)
