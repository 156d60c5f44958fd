"""Does the matrix say what the columns say, and the same for a row alone, a gap or an unknown category?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.model.table.encoder import SHRINK, Encoder, coded, fitted
from naeum.model.table.form import BUCKETS, FREQUENT, MOST_CODES, date_parts
from naeum.testing.worlds import table

TASK = Task(inputs=("수", "말"), kinds=("number", "category"))


def rows(numbers, words):
    return pa.table({"수": pa.array(numbers, pa.float64()), "말": pa.array(words, pa.string())})


def learned(data, targets, plain, weights=None):
    weights = np.ones(data.num_rows) if weights is None else weights
    return fitted(data, TASK, np.asarray(targets, float)[:, None], weights, plain=plain)


def test_the_dense_form_is_scaled_filled_flagged_and_one_hot():
    data = rows([1.0, 3.0, None, 2.0], ["가", "가", "나", None])
    encoder, matrix = learned(data, [0, 1, 0, 1], plain=False)
    deviation = np.sqrt(2 / 3)
    assert np.allclose(matrix[:, 0], [-1 / deviation, 1 / deviation, 0, 0])
    assert matrix[:, 1:].tolist() == [[0, 1, 0, 0], [0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]]
    unknown = encoder.matrix(rows([1e300], ["다"]))
    assert unknown[0, 0] == 8.0 and not unknown[0, 1:].any()


def test_the_plain_form_keeps_gaps_and_codes():
    data = rows([1.0, None, 2.0], ["나", "나", "가"])
    encoder, matrix = learned(data, [0, 1, 0], plain=True)
    assert np.array_equal(matrix, [[1, 0], [np.nan, 0], [2, 1]], equal_nan=True) and encoder.codes == (1,)
    assert np.isnan(encoder.matrix(rows([5.0, 5.0], ["다", None]))[:, 1]).all()


def test_rows_of_more_weight_count_more():
    data = rows([0.0, 4.0], ["가", "나"])
    encoder, _ = learned(data, [0, 1], plain=False, weights=np.array([3.0, 1.0]))
    assert encoder.arrays["0.mean"].tolist() == [1.0]


@pytest.mark.parametrize("plain", [True, False])
def test_many_categories_get_the_mean_target_of_other_folds(plain):
    count = (MOST_CODES if plain else FREQUENT) + 6
    words = [f"c{at}" for at in range(count)] * 10
    targets = np.array([at % 2 for at in range(count)] * 10, float)
    encoder, matrix = learned(rows([0.0] * len(words), words), targets, plain)
    served = encoder.matrix(rows([0.0] * 3, ["c1", "처음", None]))[:, -1]
    assert served[0] == pytest.approx((10 + SHRINK / 2) / (10 + SHRINK))
    assert served[1:].tolist() == [0.5, 0.5]
    told = matrix[:, -1]
    assert 0.5 < told[targets == 1].mean() < served[0]  # eight or so of the ten rows speak, not a row for itself
    noise = np.random.default_rng(0).permutation(targets)
    _, blind = learned(rows([0.0] * len(words), words), noise, plain)
    assert abs(np.corrcoef(blind[:, -1], noise)[0, 1]) < 0.2


def test_a_row_alone_and_a_restored_encoder_say_the_same():
    given = table.parts(60)
    for plain in (True, False):
        encoder, _ = fitted(
            given.fit.rows, table.TASK, np.eye(3)[given.fit.target], given.fit.weight * 1.0, plain=plain
        )
        whole = encoder.matrix(given.tune.rows)
        alone = np.concatenate([encoder.matrix(given.tune.rows.slice(at, 1)) for at in range(len(given.tune))])
        back = Encoder.restored(table.TASK, encoder.settings(), encoder.stored())
        for other in (alone, back.matrix(given.tune.rows)):
            assert np.array_equal(whole, other, equal_nan=True)
        assert plain or np.isfinite(encoder.matrix(table.odd())).all()


def test_dates_have_parts():
    found = date_parts(np.array([1_700_000_000.0, -1.0, np.nan]))
    assert found[0, :6].tolist() == [1_700_000_000.0, 2023, 11, 14, 1, 22]  # a Tuesday, 22:13 UTC
    assert found[1, 1:6].tolist() == [1969, 12, 31, 2, 23] and np.isnan(found[2]).all()


def test_codes_are_places():
    data = pa.table({"말": pa.chunked_array([["가", "나"], [None, "다"]], pa.string())})
    assert coded(data, "말", ("나", "가")).tolist() == [1, 0, -1, 2]


def test_texts_are_not_crossed():
    given = table.parts(60)
    encoder, matrix = fitted(given.fit.rows, table.TASK, np.eye(3)[given.fit.target], np.ones(60), plain=False)
    assert len(encoder.crossable) == matrix.shape[1] - BUCKETS
    assert not np.isin(np.arange(matrix.shape[1] - BUCKETS, matrix.shape[1]), encoder.crossable).any()
