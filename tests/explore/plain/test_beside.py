"""Are equal rows of two tables equal, whatever wrote them?"""

import numpy as np
import pyarrow as pa

from naeum.explore.loading import opened
from naeum.explore.plain.beside import drawn, hashes, shared


def test_numbers_dates_and_words_are_equal_across_types():
    one = opened(
        [{"n": "1", "d": "2024-01-05", "w": "서울", "b": "true"}, {"n": "2", "d": "2024-01-06", "w": "", "b": "false"}]
    )
    other = opened(
        pa.table({"n": [2, 1], "d": ["2024/01/06", "2024/01/05"], "w": [None, "서울"], "b": ["false", "true"]})
    )
    first, second = hashes([one, other], ["n", "d", "w", "b"])
    assert first[0] == second[1] and first[1] == second[0] and first[0] != first[1]


def test_a_number_that_is_words_elsewhere_is_compared_as_words():
    one, other = opened([{"n": "31"}, {"n": "32"}]), opened([{"n": "x31"}, {"n": "31"}, {"n": "y"}])
    assert other.columns["n"] == "VARCHAR"
    first, second = hashes([one, other], ["n"])
    assert not np.isin(first, second).any()  # 31.0 is not 31 in words


def test_shared_columns_keep_their_order():
    one, other = opened([{"a": "1", "b": "2"}]), opened([{"b": "1", "c": "2"}])
    assert shared(one, other, ["b", "a"]) == ("b",)


def test_truth_values_are_categories():
    table = opened([{"b": "true"}, {"b": "false"}])
    assert drawn(table, ["b"], np.array([0, 1])).column("b").to_pylist() == ["true", "false"]
