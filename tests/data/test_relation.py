"""Is any source one relation, with rows counted in their order and missing cells known?"""

import math

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from naeum.data.kinds import Kind
from naeum.data.relation import ROW, WIDE, related, table_of, told_of
from naeum.errors import InputError

ROWS = [{"도시": "서울", "n": "3"}, {"도시": "", "n": "12"}, {"도시": "O'Brien", "n": ""}]


def test_views_hold_values_texts_and_numbers_of_rows():
    with related(ROWS) as data:
        assert data.sql('SELECT * FROM data ORDER BY "naeum row"').to_pylist() == [
            {ROW: 1, "도시": "서울", "n": 3},
            {ROW: 2, "도시": None, "n": 12},
            {ROW: 3, "도시": "O'Brien", "n": None},
        ]
        assert data.one({"a": 'count("도시")', "b": 'sum("n")'}) == {"a": 2, "b": 15}
        assert data.one({}) == {}


def test_a_given_kind_is_kept_and_what_does_not_fit_is_missing():
    with related([{"n": "3"}, {"n": "세"}], {"n": Kind("whole")}) as data:
        assert data.sql("SELECT n FROM data").to_pylist() == [{"n": 3}, {"n": None}]
        assert data.sql("SELECT n FROM told").to_pylist() == [{"n": "3"}, {"n": "세"}]


def test_csv_parquet_and_frames_are_one(tmp_path):
    frame = pd.DataFrame({"a": [1.5, math.nan], "b": ["가", "나"], "c": pd.to_datetime(["2026-01-01", None])})
    frame.to_csv(tmp_path / "a.csv", index=False)
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "it's.parquet")
    seen = []
    for source in (frame, tmp_path / "a.csv", tmp_path / "it's.parquet"):
        with related(source) as data:
            seen.append((data.rows, data.kinds["a"], data.one({"n": "count(a)", "m": "count(c)"})))
    assert seen == [(2, Kind("number"), {"n": 1, "m": 1})] * 3


def test_whole_numbers_that_pandas_made_floats_are_whole():
    with related(pd.DataFrame({"n": [1.0, math.nan, 3.0]}), {"n": Kind("whole")}) as data:
        assert data.one({"n": 'sum("n")', "there": 'count("n")'}) == {"n": 4, "there": 2}


def test_broken_lines_are_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,x\n" * 60 + "2,y,z\n", encoding="utf-8")
    with related(path) as data:
        assert len(data.broken) == 1 and data.rows == 60


def test_a_table_has_types():
    table, name = table_of(ROWS)
    assert table.schema.field("n").type == pa.int64() and name == "the data" and table.num_rows == 3


def refuse(source, sentence):
    with pytest.raises(InputError, match=sentence), related(source):
        pass


def test_refusals(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and nothing else")
    refuse(tmp_path / "empty.csv", "must hold")
    refuse(tmp_path / "bad.parquet", r"a Parquet file must be whole; .*bad.parquet is not")
    refuse(pa.table({"a": pa.array([], pa.int64())}), "data must hold rows; the data has none; add rows")
    refuse([{ROW: "1"}], "a column must not be called 'naeum row'")
    refuse(tmp_path / "none.csv", "data must be a file that is there")


def test_kinds_that_cannot_be_compared_are_refused():
    with (
        related([{"a": "x", "b": "1"}]) as data,
        pytest.raises(InputError, match="columns must be of kinds that can be compared"),
    ):
        data.one({"n": "count(*) FILTER (WHERE a::INTEGER > b)"})


@pytest.mark.parametrize("kept", ["a list", "a file"])
def test_a_wide_table_is_what_a_narrow_one_is_column_by_column(kept, tmp_path):
    one = {"n": ["1", "", "30"], "x": ["1.5", "nan", "2"], "c": ["007", "12", "3"],
           "d": ["2026-01-02", "", "2026-12-31"], "t": [" 서울", "NA", "부산"], "w": [1, 2, 3],
           "f": [0.5, float("nan"), 2.0]}  # fmt: skip
    wide = pa.table({f"{name}{at}": values for at in range(20) for name, values in one.items()})
    source, alone = wide, pa.table(one)
    if kept == "a file":
        source = tmp_path / "wide.parquet"
        pq.write_table(wide, source)
    assert wide.num_columns > WIDE
    with related(alone) as few, related(source) as many:
        assert {name: many.kinds[f"{name}7"] for name in one} == dict(few.kinds)
        for view in ("raw", "told", "data"):
            listed = ", ".join(f'"{name}7" AS "{name}"' for name in one)
            found = many.sql(f'SELECT "naeum row", {listed} FROM {view} ORDER BY 1').to_pydict()
            assert str(found) == str(few.sql(f"SELECT * FROM {view} ORDER BY 1").to_pydict())
        told = {"there": f'count("{told_of("x3")}")', "sum": 'sum("n3")'}
        assert many.one(told) == {"there": 2, "sum": 31}
