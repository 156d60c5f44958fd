"""Are columns made of plain cells as they are of an Arrow table?"""

from __future__ import annotations

import numpy as np

from naeum.model.table.cases import Scale, targets_of
from naeum.model.table.derived import learned
from naeum.model.table.encoder import Table
from naeum.model.table.form import Cells
from naeum.testing.worlds import table


def test_made_columns_are_those_of_an_arrow_table():
    data = table.parts(30).fit
    making = learned(data, ("logs", "ranks", "pairs", "spans"), targets_of(data, Scale()), np.ones(30))
    rows = table.odd()
    plain = Cells({
        name: [float("nan") if one is None else one for one in rows[name].to_pylist()]
        for name, kind in table.KINDS.items() if kind in ("number", "date")
    })  # fmt: skip
    own, found = making.columns(Table(rows)), making.columns(plain)
    assert list(own) == list(found) and "나이·rank" in own and "나이·요금·ratio" in own
    for name, column in own.items():
        np.testing.assert_array_equal(column, found[name])
