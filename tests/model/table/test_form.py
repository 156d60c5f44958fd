"""Do cells in plain Python become the same matrix as the columns of an Arrow table?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.model.table.cases import Scale, targets_of
from naeum.model.table.encoder import Table, fitted
from naeum.model.table.form import Cells, places
from naeum.testing.worlds import table


def cells(rows):
    return Cells({name: _plain(rows[name].to_pylist(), table.KINDS[name]) for name in rows.column_names})


def _plain(column, kind):
    return [float("nan") if one is None else one for one in column] if kind in ("number", "date") else column


@pytest.mark.parametrize("plain", [True, False])
def test_both_kinds_of_columns_make_one_matrix(plain):
    data = table.parts(30).fit
    encoder, _ = fitted(data.rows, data.task, targets_of(data, Scale()), np.ones(30), plain=plain)
    for rows in (data.rows, table.odd()):
        np.testing.assert_array_equal(encoder.of(cells(rows)), encoder.matrix(rows))


def test_words_have_the_same_places():
    rows = table.odd()
    one, other = (places(given, "town", ("서울", "null")) for given in (cells(rows), Table(rows)))
    np.testing.assert_array_equal(one, other)
    assert one[0] == 0 and one[1] == -1 and one[2] == 2
