"""Does any source become a typed table, and does bad input end in a sentence or a finding?"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from naeum.data import read
from naeum.errors import InputError
from naeum.explore import loading
from naeum.explore.loading import opened, unlike


def test_a_file_is_read_typed_and_named(tmp_path):
    path = tmp_path / "표.csv"
    path.write_text("나이,도시,날짜\n31,서울,2024-01-05\n,부산,2024-02-01\n", encoding="utf-8")
    table = opened(path)
    assert dict(table.columns) == {"나이": "DOUBLE", "도시": "VARCHAR", "날짜": "TIMESTAMP"}
    assert table.name == "표" and table.rows == 2 and table.written["나이"] == "text"
    assert table.notes[0].startswith("표.csv: commas") and table.forms == {"날짜": ("%Y-%m-%d",)}


@pytest.mark.parametrize("write", ["parquet", "frame", "arrow", "several"])
def test_every_source_gives_the_same_rows(write, tmp_path):
    frame = pd.DataFrame({"n": [1.5, np.nan, 3.0], "t": ["가", "나", None]})
    if write == "parquet":
        pq.write_table(pa.Table.from_pandas(frame), tmp_path / "a.parquet")
        table = opened(tmp_path / "a.parquet")
    elif write == "several":
        frame.head(2).to_csv(tmp_path / "a.csv", index=False)
        frame.tail(1)[["t", "n"]].to_csv(tmp_path / "b.csv", index=False)
        table = opened([tmp_path / "a.csv", tmp_path / "b.csv"])
    else:
        table = opened(frame if write == "frame" else pa.Table.from_pandas(frame))
    assert table.sql("SELECT n, t FROM data").to_pydict() == {"n": [1.5, None, 3.0], "t": ["가", "나", None]}


def test_read_data_are_opened_with_their_targets():
    data = read(
        [{"text": f"문장 {n}", "label": "ab"[n % 2], "more": str(n)} for n in range(10)], target="label", text="text"
    )
    table = opened(data)
    assert set(table.columns) == {"text", "label", "more"} and table.one("SELECT count(DISTINCT label) FROM data") == (
        2,
    )


def test_a_sample_that_misleads_is_put_right(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "SAMPLE_ROWS", 5)
    monkeypatch.setattr(loading, "LEAST_SAMPLE", 5)
    path = tmp_path / "late.csv"
    path.write_text("n,m\n" + "1,1\n" * 10 + "word,1\n" * 10 + "2,?\n", encoding="utf-8")
    table = opened(path)
    assert dict(table.columns) == {"n": "VARCHAR", "m": "DOUBLE"}
    assert table.one(f'SELECT count("{table.raw["m"]}") FROM stored') == (1,)


def test_a_wide_table_is_read_in_blocks(monkeypatch):
    monkeypatch.setattr(loading, "WIDE", 4)
    monkeypatch.setattr(loading, "BLOCK", 3)
    numbers = [{f"c{at}": str(at * n) for at in range(9)} for n in range(20)]
    days = ["05.01.2024", *["2024-01-01"] * 19]
    rows = [{**row, "d": day, "w": "x"} for row, day in zip(numbers, days, strict=True)]
    table = opened([*rows, {**rows[0], "c3": "word"}])
    assert table.sql("SELECT c8, d FROM data").num_rows == 21 and list(table.raw) == ["c3"]
    assert table.take([1], ["c2", "w"]).to_pylist() == [{"c2": 2.0, "w": "x"}]
    assert len(table.forms["d"]) == 2


def test_names_that_sql_cannot_tell_apart():
    assert unlike(["Age", "age", "age_2", "rowid"]) == ["Age", "age_3", "age_2", "rowid_2"]
    table = opened([{"Age": "1", "age": "2"}])
    assert list(table.columns) == ["Age", "age_2"] and "the column age is called age_2 here" in table.notes[-1]


def test_broken_rows_are_named_and_skipped(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text("a,b\n" + "x,1\n" * 50 + "x,1,2\n" + "y,2\n" * 50, encoding="utf-8")
    table = opened(path)
    assert table.rows == 100 and [line for line, _ in table.broken] == [52]


def test_refusals(tmp_path):
    with pytest.raises(InputError, match="data must hold rows; the data has none"):
        opened(pa.table({"a": pa.array([], pa.int64())}))
    with pytest.raises(InputError, match="data must be a file that is there"):
        opened(tmp_path / "none.csv")
    (tmp_path / "a.csv").write_text("x,y\n1,2\n3,4\n")
    (tmp_path / "b.csv").write_text("x,z\n1,2\n3,4\n")
    with pytest.raises(InputError, match="files read together must have the same columns; two differ in y, z"):
        opened([tmp_path / "a.csv", tmp_path / "b.csv"])
