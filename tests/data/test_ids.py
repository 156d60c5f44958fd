"""Are ids stable, and do equal rows get different ones?"""

import hashlib

import numpy as np
import pyarrow as pa

from naeum.data.ids import MISSING, hash_strings, mix, occurrence, row_ids


def test_hashes_are_the_first_bytes_of_blake2b_however_chunked():
    texts = ["가나", "", "x" * 1000, None, "가나"]
    expected = [
        int(MISSING)
        if text is None
        else int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
        for text in texts
    ]
    for column in (pa.chunked_array([texts]), pa.chunked_array([texts[:2], [], texts[2:]], pa.string())):
        assert hash_strings(column).tolist() == expected
        assert hash_strings(column.slice(1, 3)).tolist() == expected[1:4]
    assert hash_strings(pa.chunked_array([], pa.string())).tolist() == []


def test_mix_is_splitmix64():
    """Reference: the first outputs of SplitMix64 from state 0 (Vigna's splitmix64.c)."""
    state = np.array([0x9E3779B97F4A7C15], np.uint64)
    assert [int(mix(state * np.array([k], np.uint64))[0]) for k in (1, 2)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


def test_occurrence_counts_in_order():
    keys = np.array([3, 1, 3, 3, 1], np.uint64)
    assert occurrence(keys).tolist() == [0, 0, 1, 2, 1]
    assert occurrence(np.empty(0, np.uint64)).tolist() == []


def test_equal_rows_have_different_ids_and_columns_do_not_swap():
    one, other = np.array([1, 1, 2], np.uint64), np.array([2, 2, 1], np.uint64)
    ids = row_ids([one, other])
    assert len(set(ids.tolist())) == 3
    assert row_ids([one])[0] == row_ids([one[:1]])[0]
    assert set(row_ids([one, other]).tolist()) != set(row_ids([other, one]).tolist())
