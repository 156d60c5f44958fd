"""Are the formats that are not delimited text read piece by piece and exactly?"""

import datetime
import io
import json

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from naeum.data import formats
from naeum.data.formats import read_json, read_jsonl, read_xlsx, table_in_memory, table_of_rows
from naeum.data.sniff import Dialect
from naeum.errors import InputError


def test_a_json_array_is_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "JSON_CHUNK", 7)
    rows = [{"text": f'글 [{at}] \\ " {{', "n": at, "list": [1, {"a": "나"}]} for at in range(30)]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2), "utf-8")
    table, broken = read_json(path, Dialect("json"))
    assert broken == [] and table["text"].to_pylist() == [row["text"] for row in rows]
    assert table["list"][0].as_py() == '[1, {"a": "나"}]' and table["n"][29].as_py() == "29"


def test_values_of_json_become_strings_as_json_writes_them(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": true, "b": null, "c": 1.0}\n\n{"a": "\\ud800", "d": 5}\n')
    table, _ = read_jsonl(path, Dialect("jsonl"))
    assert table.to_pydict() == {"a": ["true", "?"], "b": [None, None], "c": ["1.0", None], "d": [None, "5"]}


def test_a_workbook_with_gaps_and_dates(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([None, None])
    book.active.append(["text", "label", None])
    book.active.append(["가\n나", 1, datetime.datetime(2020, 1, 2)])
    book.active.append([None, 0.5])
    book.save(tmp_path / "a.xlsx")
    table, _ = read_xlsx(tmp_path / "a.xlsx", Dialect("xlsx"))
    assert table.to_pydict() == {
        "text": ["가\n나", None],
        "label": ["1", "0.5"],
        "column2": ["2020-01-02T00:00:00", None],
    }
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    with pytest.raises(InputError, match=r"the first sheet of .*b.xlsx is empty; move the table to that sheet"):
        read_xlsx(tmp_path / "b.xlsx", Dialect("xlsx"))


def test_rows_may_lack_columns():
    assert table_of_rows([{"a": 1}, {"b": "x"}]).to_pydict() == {"a": ["1", None], "b": [None, "x"]}


def test_a_frame_of_mixed_types_is_read():
    frame = pd.DataFrame({"text": ["a", 1, None], 5: [1, 2, 3]})
    assert table_in_memory(frame).to_pydict() == {"text": ["a", "1", None], "5": ["1", "2", "3"]}


def test_what_is_no_table_is_refused():
    for source in ({}, 3.5, io.StringIO("a"), [1, 2], []):
        with pytest.raises(InputError, match=r"data must be a path, a DataFrame, .* got "):
            table_in_memory(source)
    assert table_in_memory(pa.table({"a": [1]})).num_rows == 1
