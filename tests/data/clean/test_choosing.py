"""Do steps that choose rows keep the ones they should?"""

import pyarrow as pa
import pytest

from naeum.data.clean import DropBroken, DropDuplicates, DropMissing, DropRows, Resample, Sample
from naeum.errors import InputError

TABLE = pa.table({"c": ["가", "나", "가", None, "가"], "n": [1, 2, 1, 4, 5]})


@pytest.mark.parametrize(
    "step, rows",
    [
        (DropDuplicates(), [0, 1, 3, 4]),
        (DropDuplicates(("c",)), [0, 1, 3]),
        (DropMissing(), [0, 1, 2, 4]),
        (DropMissing(("n",)), [0, 1, 2, 3, 4]),
        (DropBroken("columns:\n  n: {range: [0, 4]}\n"), [0, 1, 2, 3]),
        (DropBroken("columns:\n  n: {range: [0, 9]}\n"), [0, 1, 2, 3, 4]),
        (DropRows((1, 5)), [1, 2, 3]),
        (Resample("c"), [0, 1, 1, 1, 2, 3, 3, 3, 4]),
        (Sample(9), [0, 1, 2, 3, 4]),
    ],
)
def test_rows_that_stay(step, rows):
    assert step.kept(TABLE, 0).tolist() == rows
    assert step.kept(TABLE.slice(0, 0), 0).tolist() == [] if not isinstance(step, DropRows) else True


def test_draws_depend_on_the_seed_alone():
    wide = pa.table({"c": ["a"] * 50 + ["b"] * 5})
    down = Resample("c", "down")
    assert len(down.kept(wide, 1)) == 10
    assert down.kept(wide, 1).tolist() == down.kept(wide, 1).tolist() != down.kept(wide, 2).tolist()
    assert len(Sample(0.1).kept(wide, 0)) == 6
    assert Sample(9, seed=1).kept(wide, 0).tolist() != Sample(9, seed=2).kept(wide, 0).tolist()


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda: DropRows((9,)).kept(TABLE, 0), "rows must be numbers from 1 to 5; got 9; correct it"),
        (lambda: DropDuplicates(("x",)).kept(TABLE, 0), "drop duplicates needs a column of the data: c, n; got 'x'"),
        (lambda: Resample("c", "sideways"), "resample must be one of up, down; got 'sideways'"),
        (lambda: Sample(1.5), "a sample must be a number of rows or a share below 1; got 1.5"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
