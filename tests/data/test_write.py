"""Does a table come back from every format that it is written in?"""

import pyarrow as pa
import pytest

from naeum.data.read import read_table
from naeum.data.write import write_table
from naeum.errors import InputError

TABLE = pa.table({"도시": ["서울", 'a "b", c', "줄\n바꿈"], "n": ["1", "2", "3"]})


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.csv.gz", "a.parquet", "a.arrow"])
def test_round_trip(name, tmp_path):
    path = write_table(TABLE, tmp_path / name)
    assert read_table(path, {})[0].to_pydict() == TABLE.to_pydict()
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_same_rows_are_the_same_bytes(tmp_path):
    one, other = (write_table(TABLE, tmp_path / name).read_bytes() for name in ("a.csv.gz", "b.csv.gz"))
    assert one == other


def test_refusals(tmp_path):
    with pytest.raises(InputError, match=r"a file to write must end in \.csv, .*; got 'a.xls'; rename it"):
        write_table(TABLE, tmp_path / "a.xls")
    with pytest.raises(InputError, match=r"a file to write must end in .*; got 'a.parquet.gz'"):
        write_table(TABLE, tmp_path / "a.parquet.gz")
    with pytest.raises(InputError, match=r"a file must be written to a folder that exists; got .*none"):
        write_table(TABLE, tmp_path / "none" / "a.csv")
