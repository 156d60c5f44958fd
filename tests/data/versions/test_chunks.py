"""Does an edit in the middle leave the pieces before and after it as they were?"""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.data.versions.chunks import cell_hashes, cuts, fetched, piece_key, place, row_hashes, store
from naeum.errors import StoreError


def table(n, start=0):
    return pa.table(
        {"id": [str(at) for at in range(start, start + n)], "문장": [f"{at}번 문장" for at in range(start, start + n)]}
    )


def keys(rows):
    cells = cell_hashes(rows)
    found = cuts(row_hashes(cells), least=16, usual=64, most=256)
    return [piece_key(rows.schema, cells[start:end]) for start, end in found]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3000), st.integers(1, 60), st.integers(1, 80), st.integers(81, 400))
def test_pieces_cover_every_row_once_within_their_sizes(n, least, usual, most):
    rows = np.random.default_rng(n).integers(0, 2**63, n).astype(np.uint64)
    found = cuts(rows, least, usual, most)
    assert [start for start, _ in found] == [0, *(end for _, end in found)][: len(found)]
    assert (found[-1][1] if found else 0) == n
    assert all(end - start <= most for start, end in found)
    assert all(end - start >= least for start, end in found[:-1])


def test_an_edit_in_the_middle_changes_few_pieces():
    whole = table(4000)
    less = pa.concat_tables([whole.slice(0, 2000), whole.slice(2001)])
    more = pa.concat_tables([whole.slice(0, 1000), table(1, 9000), whole.slice(1000)])
    before = keys(whole)
    assert len(before) > 20
    for edited in (less, more):
        assert len(set(keys(edited)) - set(before)) <= 3


def test_the_same_rows_have_the_same_key_however_they_are_chunked():
    whole = table(300)
    parts = pa.concat_tables([whole.slice(0, 7), whole.slice(7, 100), whole.slice(107)])
    assert keys(parts) == keys(whole)
    renamed = whole.rename_columns(["id", "text"])
    assert set(keys(renamed)).isdisjoint(keys(whole))


def test_missing_is_not_empty_and_columns_are_not_mixed_up():
    rows = [row_hashes(cell_hashes(pa.table({"a": pa.array([one], pa.string()), "b": [other]})))[0]
            for one, other in (("x", ""), ("", "x"), (None, "x"))]  # fmt: skip
    assert len(set(rows)) == 3


def test_a_piece_is_stored_once_and_checked(tmp_path):
    rows = table(10)
    key = piece_key(rows.schema, cell_hashes(rows))
    assert store(tmp_path, key, rows) > 0 and store(tmp_path, key, rows) == 0
    assert pa.Table.from_batches(fetched(tmp_path, key)).equals(rows)
    store(tmp_path, "00" + key[2:], rows)
    with pytest.raises(
        StoreError, match=r"a piece must hold the rows it names; .* was changed; restore it from a copy"
    ):
        list(fetched(tmp_path, "00" + key[2:]))
    place(tmp_path, key).unlink()
    with pytest.raises(StoreError, match=r"a version must have all its pieces; .* is missing or damaged"):
        list(fetched(tmp_path, key))
